/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that make, move and remove names that no shape fits: the …at forms of unlink, link, symlink and
 * rename, and mknod. */
#ifndef CAPTURE_FS_NAMES_H
#define CAPTURE_FS_NAMES_H

FILLER(unlinkat)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_u32(c, scap_map_unlinkat_flags((u32)arg(c, 2)));
}

FILLER(symlinkat)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_fd(c, arg(c, 1));
	push_path_arg(c, 2);
}

/* Directory and path, twice: what linkat, renameat and renameat2 begin with. */
static __always_inline void push_old_and_new(struct capture_ctx *c)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_fd(c, arg(c, 2));
	push_path_arg(c, 3);
}

FILLER(linkat)
{
	push_old_and_new(c);
	push_u32(c, scap_map_linkat_flags((u32)arg(c, 4)));
}

FILLER(renameat)
{
	push_old_and_new(c);
}

/* PPM_RENAME_* are the kernel's values. */
FILLER(renameat2)
{
	push_old_and_new(c);
	push_u32(c, (u32)arg(c, 4));
}

FILLER(mknod)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_u32(c, scap_map_mknod_mode((u32)arg(c, 1)));
	push_u32(c, (u32)arg(c, 2));
}

FILLER(mknodat)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_u32(c, scap_map_mknod_mode((u32)arg(c, 2)));
	push_u32(c, (u32)arg(c, 3));
}

#endif
