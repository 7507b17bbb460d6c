/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Tracepoints other than sys_enter and sys_exit. A backend attaches each one and calls its on_…() with the
 * tracepoint's arguments; interest, scope and everything else happens here.
 */
#ifndef CAPTURE_HOOKS_H
#define CAPTURE_HOOKS_H

#define HOOK_SIGKILL	 9
#define HOOK_SIGCHLD	 17
#define HOOK_SIGRT_FIRST 32
#define HOOK_THREADS_MAX 30 /* threads of one process looked at */
#define HOOK_PARENTS_MAX 60 /* ancestors looked at */
#define HOOK_PF_EXITING	 0x00000004

static __always_inline void hook_end(struct capture_ctx *c)
{
	capture_finish(c);
	ctx_release(c);
}

/* A new image runs: the event of a successful execve or execveat. */
static __always_inline void on_sched_process_exec(struct linux_binprm *bprm)
{
	struct task_struct *task = cur_task();
	struct capture_ctx *c;

	if (walk_is_kernel_thread(task) ||
	    (!capture_wanted(PPM_SC_EXECVE) && !capture_wanted(PPM_SC_EXECVEAT)))
		return;
	c = capture_begin(CAPTURE_SLOT_TASK, capture_wanted(PPM_SC_EXECVE) ? PPM_SC_EXECVE : PPM_SC_EXECVEAT,
			  PPME_SYSCALL_EXECVE_19_X, task);
	if (!c)
		return;
	c->args[2] = (u64)(unsigned long)bprm;
	fill_exec(c);
	hook_end(c);
}

#ifdef CAPTURE_FORK_CHILD_BY_HOOK
/*
 * A child is ready to run: its own event of the clone that made it, where it has no (usable) sys_exit. Parent
 * and child have the same memory at this moment, so what the child's arguments point to is read from the
 * parent's. `regs` are the child's: a copy of the parent's, directly readable.
 */
static __always_inline void on_sched_process_fork(struct task_struct *child, const struct pt_regs *regs)
{
	const struct capture_row *row;
	struct capture_ctx *c;

	if (walk_is_kernel_thread(cur_task()) || walk_is_kernel_thread(child))
		return;
	if (regs_compat(regs))
		return;
	row = capture_row_of(regs_nr(regs));
	if (!row || row->filler != FILLER_clone)
		return;
	c = capture_begin(CAPTURE_SLOT_TASK, row->sc, row->exit, child);
	if (!c)
		return;
	c->ret = 0;
	regs_args(regs, c->args);
	frame_set_tid(c, KREAD(child, pid));
	process_push_clone(c, child);
	hook_end(c);
}
#endif

/* A thread of task's process that is not exiting, other than itself; NULL if there is none among the first
 * ones. */
static __always_inline struct task_struct *hook_live_thread(struct capture_ctx *c, struct task_struct *task)
{
	struct signal_struct *signal = KREAD(task, signal);
	struct list_head *head = KADDR(signal, thread_head);

	c->cursor[1] = (u64)(unsigned long)KREAD(head, next);
	LOOP (i, HOOK_THREADS_MAX) {
		struct list_head *node = (struct list_head *)(unsigned long)c->cursor[1];
		struct task_struct *thread = walk_thread_of(node);

		if (!node || node == head)
			return NULL;
		if (thread != task && !(KREAD(thread, flags) & HOOK_PF_EXITING))
			return thread;
		c->cursor[1] = (u64)(unsigned long)KREAD(node, next);
	}
	return NULL;
}

/*
 * The task that inherits the children: a thread of the same process, else the nearest ancestor in the pid
 * namespace that made itself a subreaper, else the namespace's init. 0: no children. -1: not found within the
 * limits.
 */
static __always_inline s64 hook_reaper(struct capture_ctx *c, struct task_struct *task)
{
	struct list_head *children = KADDR(task, children);
	struct pid *pid = KREAD(task, thread_pid);
	struct pid_namespace *ns = walk_pid_ns(task);
	struct task_struct *init = KREAD(ns, child_reaper);
	struct task_struct *thread;

	if (KREAD(children, next) == children)
		return 0;
	thread = hook_live_thread(c, task);
	if (thread)
		return KREAD(thread, pid);
	if (!walk_has_subreaper(KREAD(task, signal)))
		return task == init ? -1 : KREAD(init, pid);
	c->cursor[0] = (u64)(unsigned long)KREAD(task, real_parent);
	c->left = KREAD(pid, level);
	LOOP (i, HOOK_PARENTS_MAX) {
		struct task_struct *parent = (struct task_struct *)(unsigned long)c->cursor[0];
		struct pid *parent_pid = KREAD(parent, thread_pid);

		if (!parent || parent == init || KREAD(parent_pid, level) != c->left || !KREAD(parent, pid))
			return KREAD(init, pid);
		if (walk_is_subreaper(KREAD(parent, signal)) && !(KREAD(parent, flags) & HOOK_PF_EXITING))
			return KREAD(parent, pid);
		c->cursor[0] = (u64)(unsigned long)KREAD(parent, real_parent);
	}
	return -1;
}

static __always_inline void on_sched_process_exit(struct task_struct *task)
{
	struct capture_ctx *c;
	u32 code, signal;

	if (walk_is_kernel_thread(task))
		return;
	c = capture_begin(CAPTURE_SLOT_TASK, PPM_SC_SCHED_PROCESS_EXIT, PPME_PROCEXIT_1_E, task);
	if (!c)
		return;
	code = (u32)KREAD(task, exit_code);
	signal = code & 0x7f;
	push_s64(c, (s32)code);
	push_s64(c, signal ? 0 : code >> 8 & 0xff);
	push_u8(c, (u8)signal);
	push_u8(c, code >> 7 & 1);
	push_s64(c, hook_reaper(c, task));
	hook_end(c);
}

/* Who sent it, where the kernel notes it: struct kernel_siginfo {s32 signo, errno, code, pad; s32 pid, …}. */
static __always_inline s64 hook_signal_sender(u32 signal, u64 info)
{
	s32 code = KREADP(s32, info + 8), pid = KREADP(s32, info + 16);

	if (signal == HOOK_SIGKILL || signal == HOOK_SIGCHLD || signal >= HOOK_SIGRT_FIRST)
		return pid;
	switch (signal) {
	case 1:	 /* SIGHUP */
	case 2:	 /* SIGINT */
	case 3:	 /* SIGQUIT */
	case 15: /* SIGTERM */
	case 20: /* SIGTSTP */
		return code <= 0
			   ? pid
			   : 0; /* SI_USER, SI_QUEUE, SI_TKILL, …; a signal of the kernel's has no sender */
	}
	return 0;
}

static __always_inline void on_signal_deliver(int signal, u64 info)
{
	struct capture_ctx *c =
	    capture_begin(CAPTURE_SLOT_TASK, PPM_SC_SIGNAL_DELIVER, PPME_SIGNALDELIVER_E, cur_task());

	if (!c)
		return;
	push_s64(c, hook_signal_sender((u32)signal, info));
	push_s64(c, (s64)cur_tid());
	push_u8(c, (u8)signal);
	hook_end(c);
}

/* `prev` is still current. */
static __always_inline void on_sched_switch(struct task_struct *prev, struct task_struct *next)
{
	struct capture_ctx *c =
	    capture_begin(CAPTURE_SLOT_SWITCH, PPM_SC_SCHED_SWITCH, PPME_SCHEDSWITCH_6_E, prev);

	if (!c)
		return;
	push_s64(c, KREAD(next, pid));
	push_page_faults(c, prev);
	push_mm_sizes(c, prev);
	hook_end(c);
}

enum hook_cpu_action { HOOK_CPU_ONLINE = 1, HOOK_CPU_OFFLINE = 2 };

/*
 * The machine moves a CPU on to state `step` of enum cpuhp_state, on its way to `target`. `active` is the
 * last one before tasks run there, and the first one that they leave. It is recorded on that CPU, whatever is
 * of interest: it is about the machine.
 */
static __always_inline void on_cpuhp_enter(u32 cpu, s32 target, s32 step, s32 active)
{
	struct capture_ctx *c;

	if (step != active || !config()->enabled)
		return;
	c = ctx_take(CAPTURE_SLOT_TASK);
	if (!c)
		return;
	c->again = 0;
	frame_begin(c, PPME_CPU_HOTPLUG_E);
	push_u32(c, cpu);
	push_u32(c, target >= active ? HOOK_CPU_ONLINE : HOOK_CPU_OFFLINE);
	hook_end(c);
}

#ifdef CAPTURE_HAS_PAGE_FAULTS
static __always_inline void on_page_fault(u32 sc, u64 address, const struct pt_regs *regs, u64 error)
{
	struct capture_ctx *c = capture_begin(CAPTURE_SLOT_FAULT, sc, PPME_PAGE_FAULT_E, cur_task());

	if (!c)
		return;
	push_u64(c, address);
	push_u64(c, KREADP(unsigned long, REGS_IP(regs)));
	push_u32(c, scap_map_pf_flags((u32)error));
	hook_end(c);
}
#endif

#endif
