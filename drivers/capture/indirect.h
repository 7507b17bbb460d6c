/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which call it is and where its arguments are. Most are told by a number, with the arguments in registers.
 * But socketcall is one number for 20 calls on sockets, each with an event of its own; its arguments, and
 * those of the oldest mmap, lie in the caller's memory.
 */
#ifndef CAPTURE_INDIRECT_H
#define CAPTURE_INDIRECT_H

struct capture_call {
	u32 nr;	   /* native number, after the translation of ia32 and socketcall; or a row behind those */
	u32 block; /* argument that points to the real ones, plus 1; 0: they are in registers */
	u32 nargs; /* how many the block has */
	bool compat;
};

/* sc == 0: no such call. */
struct capture_socketcall {
	u16 sc;
	u16 otherwise; /* where the architecture has no number for `sc`: the same with the arguments that lack
			  being 0 */
	u8 nargs;
};

/* By the first argument, SYS_SOCKET … SYS_SENDMMSG of linux/net.h. */
#define CAPTURE_SC_MAX (64 * CAPTURE_INTEREST_WORDS)

static const struct capture_socketcall capture_socketcalls[32] = {
    [1] = {PPM_SC_SOCKET, 0, 3},
    [2] = {PPM_SC_BIND, 0, 3},
    [3] = {PPM_SC_CONNECT, 0, 3},
    [4] = {PPM_SC_LISTEN, 0, 2},
    [5] = {PPM_SC_ACCEPT, PPM_SC_ACCEPT4, 3},
    [6] = {PPM_SC_GETSOCKNAME, 0, 3},
    [7] = {PPM_SC_GETPEERNAME, 0, 3},
    [8] = {PPM_SC_SOCKETPAIR, 0, 4},
    [9] = {PPM_SC_SEND, PPM_SC_SENDTO, 4},
    [10] = {PPM_SC_RECV, PPM_SC_RECVFROM, 4},
    [11] = {PPM_SC_SENDTO, 0, 6},
    [12] = {PPM_SC_RECVFROM, 0, 6},
    [13] = {PPM_SC_SHUTDOWN, 0, 2},
    [14] = {PPM_SC_SETSOCKOPT, 0, 5},
    [15] = {PPM_SC_GETSOCKOPT, 0, 5},
    [16] = {PPM_SC_SENDMSG, 0, 3},
    [17] = {PPM_SC_RECVMSG, 0, 3},
    [18] = {PPM_SC_ACCEPT4, 0, 4},
    [19] = {PPM_SC_RECVMMSG, 0, 5},
    [20] = {PPM_SC_SENDMMSG, 0, 4},
};

#ifdef CAPTURE_HAS_IA32
#define CAPTURE_IA32_MAX 512
/* Native number + 1 of a 32-bit call, or its own row + 1; 0: not captured. */
#define CAPTURE_IA32_ROW(ia32_nr, native_nr) [ia32_nr] = native_nr + 1,
static const u16 capture_ia32[CAPTURE_IA32_MAX] = {SCAP_IA32(CAPTURE_IA32_ROW)};
#endif

/* Native number + 1 by PPM_SC; 0: none. */
#define CAPTURE_NR_OF_SC(nr, ppm_sc, enter_event, exit_event, filler_name) [ppm_sc] = (nr) + 1,
static const u16 capture_nr_of_sc[CAPTURE_SC_MAX] = {SCAP_SYSCALLS(CAPTURE_NR_OF_SC)};

static __always_inline u32 capture_nr_by_sc(u32 sc)
{
	return capture_nr_of_sc[BOUND_MASK(sc, CAPTURE_SC_MAX - 1)];
}

/* False: the number stays what it is. */
static __always_inline bool capture_split_socketcall(u32 which, struct capture_call *call)
{
	const struct capture_socketcall *row;
	u32 nr;

	if (which >= 32)
		return false;
	row = &capture_socketcalls[BOUND_MASK(which, 31)];
	nr = capture_nr_by_sc(row->sc);
	if (!nr)
		nr = capture_nr_by_sc(row->otherwise);
	if (!row->sc || !nr)
		return false;
	call->nr = nr - 1;
	call->block = 2;
	call->nargs = row->nargs;
	return true;
}

/* False: not captured. */
static __always_inline bool capture_translate(struct capture_call *call)
{
#ifdef CAPTURE_HAS_IA32
	u32 nr;

	if (call->nr >= CAPTURE_IA32_MAX)
		return false;
	nr = capture_ia32[BOUND_MASK(call->nr, CAPTURE_IA32_MAX - 1)];
	call->nr = nr - 1;
	return nr;
#else
	/* Numbers of another table: taken for native ones they would be other calls. */
	(void)call;
	return false;
#endif
}

/* False: the call is not captured. */
static __always_inline bool capture_identify(const struct pt_regs *regs, struct capture_call *call)
{
	u32 nr = regs_nr(regs);

	call->nr = nr;
	call->compat = regs_compat(regs);
	call->block = 0;
	call->nargs = 0;
	if (regs_is_socketcall(nr, call->compat) &&
	    capture_split_socketcall(regs_first_arg(regs, call->compat), call))
		return true;
	if (regs_has_arg_block(nr, call->compat)) {
		call->block = 1;
		call->nargs = 6;
	}
	return call->compat ? capture_translate(call) : nr < CAPTURE_NR_MAX;
}

static __always_inline void capture_args(struct capture_ctx *c, const struct pt_regs *regs,
					 const struct capture_call *call)
{
	u64 block;

#ifdef CAPTURE_HAS_IA32
	if (call->compat)
		regs_args_ia32(regs, c->args);
	else
#endif
		regs_args(regs, c->args);
	if (!call->block)
		return;
	block = call->block == 1 ? c->args[0] : c->args[1];
	LOOP (i, 6) {
		u64 at = block + (u64)i * (c->compat ? 4 : 8);

		c->args[i] = i < call->nargs ? user_ulong(c, at) : 0;
	}
}

#endif
