/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls on descriptors themselves: dup, fcntl, flock, ioctl, lseek, close_range, and those that name only
 * one. */
#ifndef CAPTURE_FD_TABLE_H
#define CAPTURE_FD_TABLE_H

FILLER(dup3)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_fd(c, arg(c, 1));
	push_u32(c, scap_map_dup3_flags((u32)arg(c, 2)));
}

FILLER(fcntl)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u8(c, scap_map_fcntl_cmd((u32)arg(c, 1)));
	push_u64(c, arg(c, 2));
}

FILLER(flock)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, scap_map_flock_flags((u32)arg(c, 1)));
}

FILLER(ioctl)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u64(c, arg(c, 1));
	push_u64(c, arg(c, 2));
}

FILLER(close_range)
{
	push_s64(c, ret(c));
	push_u32(c, (u32)arg(c, 0));
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, scap_map_close_range_flags((u32)arg(c, 2)));
}

#endif
