/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Address space. Sizes of the caller's memory after the call are part of most of these events. */
#ifndef CAPTURE_MEMORY_H
#define CAPTURE_MEMORY_H

FILLER(brk)
{
	push_s64(c, ret(c));
	push_mm_sizes(c, cur_task());
	push_u64(c, arg(c, 0));
}

FILLER(mmap)
{
	push_s64(c, ret(c));
	push_mm_sizes(c, cur_task());
	push_u64(c, arg(c, 0));
	push_u64(c, arg(c, 1));
	push_u32(c, scap_map_prot_flags((u32)arg(c, 2)));
	push_u32(c, scap_map_mmap_flags((u32)arg(c, 3)));
	push_fd(c, arg(c, 4));
	push_u64(c, arg(c, 5));
}

FILLER(munmap)
{
	push_s64(c, ret(c));
	push_mm_sizes(c, cur_task());
	push_u64(c, arg(c, 0));
	push_u64(c, arg(c, 1));
}

FILLER(mprotect)
{
	push_s64(c, ret(c));
	push_u64(c, arg(c, 0));
	push_u64(c, arg(c, 1));
	push_u32(c, scap_map_prot_flags((u32)arg(c, 2)));
}

FILLER(mlock2)
{
	push_s64(c, ret(c));
	push_u64(c, arg(c, 0));
	push_u64(c, arg(c, 1));
	push_u32(c, scap_map_mlock2_flags((u32)arg(c, 2)));
}

FILLER(mlockall)
{
	push_s64(c, ret(c));
	push_u32(c, scap_map_mlockall_flags((u32)arg(c, 0)));
}

#endif
