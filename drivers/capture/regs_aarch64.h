/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Syscall number and arguments in aarch64's struct pt_regs. `regs` is directly readable. */
#ifndef CAPTURE_REGS_AARCH64_H
#define CAPTURE_REGS_AARCH64_H

#define REGS_PSR_MODE32 0x10 /* pstate: the task runs AArch32 code */

/* The child of a fork leaves the kernel by ret_from_fork, which calls no sys_exit tracepoint:
 * sched_process_fork tells of it. */
#define CAPTURE_FORK_CHILD_BY_HOOK 1

/* -1 (NO_SYSCALL: rt_sigreturn, or a call that ptrace or seccomp cancelled) is no row of any table. */
static __always_inline u32 regs_nr(const struct pt_regs *regs)
{
	return (u32)regs->syscallno;
}

/* x0 is the result by the time of sys_exit. */
static __always_inline void regs_args(const struct pt_regs *regs, u64 *args)
{
	args[0] = regs->orig_x0;
	args[1] = regs->regs[1];
	args[2] = regs->regs[2];
	args[3] = regs->regs[3];
	args[4] = regs->regs[4];
	args[5] = regs->regs[5];
}

/* AArch32 tasks have numbers of their own (32-bit ARM's), for which there is no table. */
static __always_inline bool regs_compat(const struct pt_regs *regs)
{
	return regs->pstate & REGS_PSR_MODE32;
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
	return regs->orig_x0;
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
