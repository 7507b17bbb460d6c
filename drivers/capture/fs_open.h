/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that open files by name. */
#ifndef CAPTURE_FS_OPEN_H
#define CAPTURE_FS_OPEN_H

/* The mode argument counts only where the call may create a file. */
static __always_inline u32 open_mode(u32 flags, u32 mode)
{
	return scap_map_open_flags(flags) & (PPM_O_CREAT | PPM_O_TMPFILE) ? scap_map_open_mode(mode) : 0;
}

static __always_inline void open_push_dev_ino(struct capture_ctx *c, struct file *file)
{
	push_u32(c, walk_file_dev(file));
	push_u64(c, walk_file_ino(file));
}

FILLER(open)
{
	s64 fd = ret(c);
	struct file *file = walk_fd_file(cur_task(), fd);

	push_s64(c, fd);
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_u32(c, scap_map_open_flags((u32)arg(c, 1)) | walk_file_open_bits(file));
	push_u32(c, open_mode((u32)arg(c, 1), (u32)arg(c, 2)));
	open_push_dev_ino(c, file);
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
	open_push_dev_ino(c, file);
}

/* The event has no flags of the open; only the overlay layer, in bits of its own. */
FILLER(creat)
{
	s64 fd = ret(c);
	struct file *file = walk_fd_file(cur_task(), fd);
	u32 bits = walk_file_open_bits(file);
	u16 layer = 0;

	if (bits & PPM_FD_UPPER_LAYER)
		layer = PPM_FD_UPPER_LAYER_CREAT;
	else if (bits & PPM_FD_LOWER_LAYER)
		layer = PPM_FD_LOWER_LAYER_CREAT;
	push_s64(c, fd);
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_u32(c, scap_map_open_mode((u32)arg(c, 1)));
	open_push_dev_ino(c, file);
	push_u16(c, layer);
}

/* struct open_how: u64 flags, mode, resolve. Left in tmp[0..2]; zeroes if unreadable. */
static __always_inline void open_read_how(struct capture_ctx *c, u64 how)
{
	if (copy_user(c->tmp, 24, how)) {
		c->tmp[0] = 0;
		c->tmp[1] = 0;
		c->tmp[2] = 0;
	}
}

FILLER(openat2)
{
	s64 fd = ret(c);
	struct file *file = walk_fd_file(cur_task(), fd);

	push_s64(c, fd);
	push_fd(c, arg(c, 0));
	push_cstr_user(c, arg(c, 1), CAPTURE_PATH_MAX);
	open_read_how(c, arg(c, 2));
	push_u32(c, scap_map_open_flags((u32)c->tmp[0]) | walk_file_open_bits(file));
	push_u32(c, open_mode((u32)c->tmp[0], (u32)c->tmp[1]));
	push_u32(c, scap_map_openat2_resolve((u32)c->tmp[2]));
	open_push_dev_ino(c, file);
}

/* The caller has no path, so the file's own is rebuilt. */
FILLER(open_by_handle_at)
{
	s64 fd = ret(c);
	struct file *file = walk_fd_file(cur_task(), fd);

	push_s64(c, fd);
	push_fd(c, arg(c, 0));
	push_u32(c, scap_map_open_flags((u32)arg(c, 2)) | walk_file_open_bits(file));
	push_file_path(c, file);
	open_push_dev_ino(c, file);
}

#endif
