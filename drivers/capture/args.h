/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* A call's arguments and result, and single values that its pointers lead to. */
#ifndef CAPTURE_ARGS_H
#define CAPTURE_ARGS_H

static __always_inline u64 arg(const struct capture_ctx *c, const u32 n)
{
	return c->args[n];
}

static __always_inline s64 ret(const struct capture_ctx *c)
{
	return c->ret;
}

/* A 64-bit argument: a 32-bit call passes its low and high half as arguments n and n + 1. */
static __always_inline u64 arg64(const struct capture_ctx *c, const u32 n)
{
	return c->compat ? c->args[n] | c->args[n + 1] << 32 : c->args[n];
}

/* A size or address sized like the caller's `long`; signed, it must be widened. */
static __always_inline s64 arg_long(const struct capture_ctx *c, const u32 n)
{
	return c->compat ? (s64)(s32)c->args[n] : (s64)c->args[n];
}

/* Values in user memory; 0 where it cannot be read. */
static __always_inline u64 user_u64(struct capture_ctx *c, u64 addr)
{
	return addr && !copy_user(c->tmp, 8, addr) ? c->tmp[0] : 0;
}

static __always_inline u32 user_u32(struct capture_ctx *c, u64 addr)
{
	u32 *value = (u32 *)c->tmp;

	return addr && !copy_user(value, 4, addr) ? *value : 0;
}

/* A `long` of the caller: 4 bytes in a 32-bit call. */
static __always_inline u64 user_ulong(struct capture_ctx *c, u64 addr)
{
	return c->compat ? user_u32(c, addr) : user_u64(c, addr);
}

static __always_inline s64 user_long(struct capture_ctx *c, u64 addr)
{
	return c->compat ? (s64)(s32)user_u32(c, addr) : (s64)user_u64(c, addr);
}

/* struct timespec (two longs) in nanoseconds. */
static __always_inline u64 user_timespec_ns(struct capture_ctx *c, u64 addr)
{
	u64 sec, nsec;

	if (!addr)
		return 0;
	sec = user_long(c, addr);
	nsec = user_long(c, addr + (c->compat ? 4 : 8));
	return sec * 1000000000ULL + nsec;
}

#endif
