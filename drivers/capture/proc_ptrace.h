/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* ptrace: what `data` is depends on the request. */
#ifndef CAPTURE_PROC_PTRACE_H
#define CAPTURE_PROC_PTRACE_H

static __always_inline void push_ptrace_u64(struct capture_ctx *c, u64 v)
{
	bld_begin(c);
	bld_u8(c, PPM_PTRACE_IDX_UINT64);
	bld_u64(c, v);
	bld_end(c);
}

static __always_inline void push_ptrace_signal(struct capture_ctx *c, u8 sig)
{
	bld_begin(c);
	bld_u8(c, PPM_PTRACE_IDX_SIGTYPE);
	bld_u8(c, sig);
	bld_end(c);
}

static __always_inline bool ptrace_peeks(u32 request)
{
	return request == PPM_PTRACE_PEEKTEXT || request == PPM_PTRACE_PEEKDATA ||
	       request == PPM_PTRACE_PEEKUSR;
}

static __always_inline bool ptrace_delivers(u32 request)
{
	return request == PPM_PTRACE_CONT || request == PPM_PTRACE_SINGLESTEP ||
	       request == PPM_PTRACE_DETACH || request == PPM_PTRACE_SYSCALL;
}

FILLER(ptrace)
{
	u32 request = scap_map_ptrace_requests((u32)arg(c, 0));
	bool done = ret(c) >= 0;

	push_s64(c, ret(c));
	push_ptrace_u64(c, done ? arg(c, 2) : 0);
	if (!done)
		push_ptrace_u64(c, 0);
	else if (ptrace_peeks(request))
		push_ptrace_u64(c, user_ulong(c, arg(c, 3)));
	else if (ptrace_delivers(request))
		push_ptrace_signal(c, (u8)arg(c, 3));
	else
		push_ptrace_u64(c, arg(c, 3));
	push_u16(c, request);
	push_s64(c, (s32)arg(c, 1));
}

#endif
