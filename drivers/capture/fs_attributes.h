/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that read or change what is known about a file: chmod, chown, access, newfstatat, and their
 * relatives. */
#ifndef CAPTURE_FS_ATTRIBUTES_H
#define CAPTURE_FS_ATTRIBUTES_H

FILLER(chmod)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_u32(c, scap_map_chmod_mode((u32)arg(c, 1)));
}

FILLER(fchmod)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, scap_map_chmod_mode((u32)arg(c, 1)));
}

FILLER(fchmodat)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_u32(c, scap_map_chmod_mode((u32)arg(c, 2)));
}

FILLER(fchown)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
}

FILLER(fchownat)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_u32(c, (u32)arg(c, 2));
	push_u32(c, (u32)arg(c, 3));
	push_u32(c, scap_map_fchownat_flags((u32)arg(c, 4)));
}

FILLER(access)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_u32(c, scap_map_access_flags((u32)arg(c, 1)));
}

FILLER(newfstatat)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_path_arg(c, 1);
	push_u32(c, scap_map_newfstatat_flags((u32)arg(c, 3)));
}

/* The buffer holds a path only when the call succeeded. */
FILLER(getcwd)
{
	push_s64(c, ret(c));
	if (ret(c) >= 0)
		push_path_arg(c, 0);
	else
		push_none(c);
}

#endif
