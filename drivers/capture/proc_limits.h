/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Resource limits: getrlimit, setrlimit, prlimit64. RLIM_INFINITY is -1. */
#ifndef CAPTURE_PROC_LIMITS_H
#define CAPTURE_PROC_LIMITS_H

/* An unsigned long of struct rlimit; the infinity of 32-bit callers is 32 bits wide. */
static __always_inline s64 user_limit(struct capture_ctx *c, u64 addr)
{
	u64 limit = user_ulong(c, addr);

	return c->compat && limit == 0xffffffff ? -1 : (s64)limit;
}

FILLER(getrlimit)
{
	u64 limit = arg(c, 1);
	bool known = ret(c) == 0;

	push_s64(c, ret(c));
	push_s64(c, known ? user_limit(c, limit) : -1);
	push_s64(c, known ? user_limit(c, limit + user_long_size(c)) : -1);
	push_u8(c, scap_map_rlimit_resource((u32)arg(c, 0)));
}

FILLER(setrlimit)
{
	u64 limit = arg(c, 1);

	push_s64(c, ret(c));
	push_s64(c, user_limit(c, limit));
	push_s64(c, user_limit(c, limit + user_long_size(c)));
	push_u8(c, scap_map_rlimit_resource((u32)arg(c, 0)));
}

/* struct rlimit64: two u64 in any call. The old limit is there only after success. */
FILLER(prlimit64)
{
	u64 wanted = arg(c, 2), old = arg(c, 3);
	bool known = ret(c) == 0;

	push_s64(c, ret(c));
	push_u64(c, user_u64(c, wanted));
	push_u64(c, user_u64(c, wanted + 8));
	push_u64(c, known ? user_u64(c, old) : 0);
	push_u64(c, known ? user_u64(c, old + 8) : 0);
	push_s64(c, (s32)arg(c, 0));
	push_u8(c, scap_map_rlimit_resource((u32)arg(c, 1)));
}

#endif
