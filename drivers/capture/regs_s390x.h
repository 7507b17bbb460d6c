/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Syscall number and arguments in s390x's struct pt_regs. `regs` is directly readable. */
#ifndef CAPTURE_REGS_S390X_H
#define CAPTURE_REGS_S390X_H

#define REGS_PSW_EA	  0x0000000100000000ULL /* extended addressing: the task runs 64-bit code */
#define REGS_MMAP	  90
#define REGS_SOCKETCALL	  102
#define REGS_SIGRETURN	  119
#define REGS_RT_SIGRETURN 173

/* In the child of a fork no page counts as accessed, and unaccessed pages cannot be read without a fault:
 * what its clone was called with is read when sched_process_fork tells of it, from the parent's memory. */
#define CAPTURE_FORK_CHILD_BY_HOOK 1

/*
 * int_code says which supervisor call entered the kernel. syscall_get_nr() would say -1 in the child of a
 * fork, whose flags are cleared before its sys_exit. They are also cleared by (rt_)sigreturn, whose exit is
 * none: it restores the registers of what the signal interrupted.
 */
static __always_inline u32 regs_nr(const struct pt_regs *regs)
{
	u32 nr = regs->int_code & 0xffff;

	return nr == REGS_SIGRETURN || nr == REGS_RT_SIGRETURN ? (u32)-1 : nr;
}

/* r2 is the result by the time of sys_exit. */
static __always_inline void regs_args(const struct pt_regs *regs, u64 *args)
{
	args[0] = regs->orig_gpr2;
	args[1] = regs->gprs[3];
	args[2] = regs->gprs[4];
	args[3] = regs->gprs[5];
	args[4] = regs->gprs[6];
	args[5] = regs->gprs[7];
}

/* 31-bit tasks (kernels up to 6.12 or so) are recognised by their addressing mode; they have no table. */
static __always_inline bool regs_compat(const struct pt_regs *regs)
{
	return !(regs->psw.mask & REGS_PSW_EA);
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
	return regs->orig_gpr2;
}

static __always_inline bool regs_is_socketcall(u32 nr, bool compat)
{
	return nr == REGS_SOCKETCALL && !compat;
}

/* Its mmap has six arguments, and a supervisor call of old had five registers. */
static __always_inline bool regs_has_arg_block(u32 nr, bool compat)
{
	return nr == REGS_MMAP && !compat;
}

/* clone(2) takes the new stack first, and then its flags (CONFIG_CLONE_BACKWARDS2). */
#define arg_clone_flags(c) arg(c, 1)

#endif
