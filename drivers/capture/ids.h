/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* User and group ids of the caller. A user call and its group twin have equal events, and share a filler. */
#ifndef CAPTURE_IDS_H
#define CAPTURE_IDS_H

#define CAPTURE_NO_ID 0xffffffffU

/* A failed call left no ids in memory. */
static __always_inline u32 user_id(struct capture_ctx *c, u64 addr)
{
	return ret(c) < 0 ? CAPTURE_NO_ID : user_u32_or(addr, CAPTURE_NO_ID);
}

FILLER(getresid)
{
	push_s64(c, ret(c));
	push_u32(c, user_id(c, arg(c, 0)));
	push_u32(c, user_id(c, arg(c, 1)));
	push_u32(c, user_id(c, arg(c, 2)));
}

#endif
