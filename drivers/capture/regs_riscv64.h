/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Syscall number and arguments in riscv64's struct pt_regs. `regs` is directly readable. */
#ifndef CAPTURE_REGS_RISCV64_H
#define CAPTURE_REGS_RISCV64_H

#define REGS_SR_UXL    0x0000000300000000ULL /* status: register width of user mode */
#define REGS_SR_UXL_32 0x0000000100000000ULL

/* In the child of a fork no page counts as accessed, and on CPUs that leave marking them to the kernel such
 * pages cannot be read without a fault: what its clone was called with is read when sched_process_fork tells
 * of it, from the parent's memory. */
#define CAPTURE_FORK_CHILD_BY_HOOK 1

/* rt_sigreturn sets `cause` to -1, so that nothing is restarted, and restores a7: the number of the call that
 * the signal interrupted, whose exit has been seen. */
static __always_inline u32 regs_nr(const struct pt_regs *regs)
{
	return regs->cause == -1UL ? (u32)-1 : (u32)regs->a7;
}

/* a0 is the result by the time of sys_exit. */
static __always_inline void regs_args(const struct pt_regs *regs, u64 *args)
{
	args[0] = regs->orig_a0;
	args[1] = regs->a1;
	args[2] = regs->a2;
	args[3] = regs->a3;
	args[4] = regs->a4;
	args[5] = regs->a5;
}

/* 32-bit tasks (CONFIG_COMPAT) have no table. */
static __always_inline bool regs_compat(const struct pt_regs *regs)
{
	return (regs->status & REGS_SR_UXL) == REGS_SR_UXL_32;
}

/* sys_exit's own `ret` argument is right as it comes. */
static __always_inline s64 regs_ret(const struct pt_regs *regs, s64 ret)
{
	(void)regs;
	return ret;
}

static __always_inline u64 regs_first_arg(const struct pt_regs *regs, bool compat)
{
	(void)compat;
	return regs->orig_a0;
}

/* All arguments are in registers. */
static __always_inline bool regs_is_socketcall(u32 nr, bool compat)
{
	(void)nr, (void)compat;
	return false;
}

static __always_inline bool regs_has_arg_block(u32 nr, bool compat)
{
	(void)nr, (void)compat;
	return false;
}

/* clone(2) takes its flags first. */
#define arg_clone_flags(c) arg(c, 0)

#endif
