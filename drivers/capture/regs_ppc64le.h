/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Syscall number and arguments in ppc64le's struct pt_regs. `regs` is directly readable. */
#ifndef CAPTURE_REGS_PPC64LE_H
#define CAPTURE_REGS_PPC64LE_H

#define REGS_MSR_SF	    (1UL << 63) /* 64-bit mode */
#define REGS_TRAP_SCV	    0x3000	/* the call came by `scv`, whose results are like everybody's */
#define REGS_TRAP_NORESTART 1
#define REGS_SOCKETCALL	    102
#define REGS_CCR_SO	    0x10000000 /* `sc`: the result is an errno */

/* rt_sigreturn forbids a restart and restores r0: the number of the call that the signal interrupted, whose
 * exit has been seen. */
static __always_inline u32 regs_nr(const struct pt_regs *regs)
{
	return regs->trap & REGS_TRAP_NORESTART ? (u32)-1 : (u32)regs->gpr[0];
}

/* r3 is the result by the time of sys_exit. */
static __always_inline void regs_args(const struct pt_regs *regs, u64 *args)
{
	args[0] = regs->orig_gpr3;
	args[1] = regs->gpr[4];
	args[2] = regs->gpr[5];
	args[3] = regs->gpr[6];
	args[4] = regs->gpr[7];
	args[5] = regs->gpr[8];
}

/* 32-bit tasks (CONFIG_COMPAT) have no table. */
static __always_inline bool regs_compat(const struct pt_regs *regs)
{
	return !(regs->msr & REGS_MSR_SF);
}

/* Linux 7.2 hands sys_exit the errno of an `sc` call as user space gets it: positive, with the summary
 * overflow bit set. Before, it is negative. */
static __always_inline s64 regs_ret(const struct pt_regs *regs, s64 ret)
{
	bool positive_errno = (regs->trap & ~0xfUL) != REGS_TRAP_SCV && regs->ccr & REGS_CCR_SO && ret > 0;

	return positive_errno ? -ret : ret;
}

static __always_inline u64 regs_first_arg(const struct pt_regs *regs, bool compat)
{
	(void)compat;
	return regs->orig_gpr3;
}

static __always_inline bool regs_is_socketcall(u32 nr, bool compat)
{
	return nr == REGS_SOCKETCALL && !compat;
}

static __always_inline bool regs_has_arg_block(u32 nr, bool compat)
{
	(void)nr, (void)compat;
	return false;
}

/* clone(2) takes its flags first. */
#define arg_clone_flags(c) arg(c, 0)

#endif
