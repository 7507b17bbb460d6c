/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What many fillers read from user memory, beyond the plain values of args.h. */
#ifndef CAPTURE_USER_H
#define CAPTURE_USER_H

static __always_inline void push_path_arg(struct capture_ctx *c, const u32 n)
{
	push_cstr_user(c, arg(c, n), CAPTURE_PATH_MAX);
}

static __always_inline u16 user_u16(u64 addr)
{
	u16 v = 0;

	return copy_user(&v, sizeof(v), addr) ? 0 : v;
}

/* An int where 0 is as good a value as any other: `absent` when it cannot be read. */
static __always_inline u32 user_u32_or(u64 addr, u32 absent)
{
	u32 v = 0;

	return copy_user(&v, sizeof(v), addr) ? absent : v;
}

/* Bytes of a long and of a pointer in the caller's memory. */
static __always_inline u32 user_long_size(const struct capture_ctx *c)
{
	return c->compat ? 4 : 8;
}

/* The low 32 bits of a signal set. */
static __always_inline u32 user_sigset(struct capture_ctx *c, u64 addr)
{
	return (u32)user_u64(c, addr);
}

#endif
