/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Syscall number and arguments in x86_64's struct pt_regs. `regs` is directly readable. */
#ifndef CAPTURE_REGS_X86_64_H
#define CAPTURE_REGS_X86_64_H

#define CAPTURE_HAS_IA32     1
#define REGS_IA32_MMAP	     90
#define REGS_IA32_SOCKETCALL 102
#define CAPTURE_TS_COMPAT    0x0002 /* thread_info.status: the call came by int 0x80 or 32-bit sysenter */

/* -1 (a call that ptrace or seccomp cancelled, or rt_sigreturn) is no row of any table. x32 numbers have
 * bit 30 set and are no rows either. */
static __always_inline u32 regs_nr(const struct pt_regs *regs)
{
	return (u32)regs->orig_ax;
}

static __always_inline void regs_args(const struct pt_regs *regs, u64 *args)
{
	args[0] = regs->di;
	args[1] = regs->si;
	args[2] = regs->dx;
	args[3] = regs->r10;
	args[4] = regs->r8;
	args[5] = regs->r9;
}

/* A 32-bit call's arguments are 32 bits wide, whatever the upper halves hold. */
static __always_inline void regs_args_ia32(const struct pt_regs *regs, u64 *args)
{
	args[0] = (u32)regs->bx;
	args[1] = (u32)regs->cx;
	args[2] = (u32)regs->dx;
	args[3] = (u32)regs->si;
	args[4] = (u32)regs->di;
	args[5] = (u32)regs->bp;
}

static __always_inline u64 regs_first_arg(const struct pt_regs *regs, bool compat)
{
	return compat ? (u32)regs->bx : regs->di;
}

static __always_inline bool regs_is_socketcall(u32 nr, bool compat)
{
	return compat && nr == REGS_IA32_SOCKETCALL;
}

/* The first mmap of i386; mmap2 has its arguments in registers. */
static __always_inline bool regs_has_arg_block(u32 nr, bool compat)
{
	return compat && nr == REGS_IA32_MMAP;
}

/* No register tells: a 64-bit task may make a 32-bit call. */
#define regs_compat(regs) task_in_compat_call(cur_task())

/* sys_exit's own `ret` argument is right as it comes. */
static __always_inline s64 regs_ret(const struct pt_regs *regs, s64 ret)
{
	(void)regs;
	return ret;
}

/* The tracepoints page_fault_user and page_fault_kernel, whose error code is x86's, and the address of the
 * instruction pointer in their registers, which are not directly readable. */
#define CAPTURE_HAS_PAGE_FAULTS 1
#define REGS_IP(regs)		(&(regs)->ip)

/* clone(2) takes its flags first (s390x: second). */
#define arg_clone_flags(c) arg(c, 0)

#endif
