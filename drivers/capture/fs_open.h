/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that open files by name: open, openat. */
#ifndef CAPTURE_FS_OPEN_H
#define CAPTURE_FS_OPEN_H

/* The mode argument counts only where the call may create a file. */
static __always_inline u32 open_mode(u32 flags, u32 mode)
{
	return scap_map_open_flags(flags) & (PPM_O_CREAT | PPM_O_TMPFILE) ? scap_map_open_mode(mode) : 0;
}

FILLER(openat)
{
	s64 fd = ret(c);
	struct file *file = walk_fd_file(cur_task(), fd);

	push_s64(c, fd);
	push_fd(c, arg(c, 0));
	push_cstr_user(c, arg(c, 1), CAPTURE_PATH_MAX);
	push_u32(c, scap_map_open_flags((u32)arg(c, 2)) | walk_file_open_bits(file));
	push_u32(c, open_mode((u32)arg(c, 2), (u32)arg(c, 3)));
	push_u32(c, walk_file_dev(file));
	push_u64(c, walk_file_ino(file));
}

#endif
