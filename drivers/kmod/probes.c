// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* From a tracepoint to a filler. Everything in drivers/capture is compiled here. */
#include <linux/cpuhotplug.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include "kernel_types.h"
#include <trace/events/cpuhp.h>
#include <trace/events/sched.h>
#include <trace/events/signal.h>
#include <trace/events/syscalls.h>
#include "probes.h"

#include "scap_schema.h"
#include "scap_flagmaps.h"
#include "scap_fillers.h"
#include "../capture/syscalls.h"

/* drivers/capture forces inlining because the BPF verifier wants it. Here the compiler chooses. */
#undef __always_inline
#define __always_inline inline
#include "../capture/abi.h"
#include "../capture/context.h"
#include "../capture/regs.h"
#include "vocabulary.h"
#include "../capture/capture.h"
/* A filler that the schema does not name (yet) is dropped. */
#define FILLER(name) static void __maybe_unused fill_##name(struct capture_ctx *c)
#include "../capture/fillers.h"

#define FILLER_ROW(name) [FILLER_##name] = fill_##name,
static void (*const fillers[FILLER_MAX])(struct capture_ctx *) = {SCAP_FILLERS(FILLER_ROW)};

/*
 * Probes are called preemptible (sys_enter and sys_exit from 6.13 on, the others from 7.0 on): stay on this
 * CPU, whose context and ring we use. The kernel structures that a filler walks live at least as long as an
 * RCU read section.
 */
static void probe_begin(void)
{
	preempt_disable_notrace();
	rcu_read_lock();
}

static void probe_end(void)
{
	rcu_read_unlock();
	preempt_enable_notrace();
}

static void probe_sys_enter(void *data, struct pt_regs *regs, long id)
{
	struct capture_ctx *c;

	probe_begin();
	c = capture_syscall(regs, 0, false);
	if (c) {
		capture_fill_enter(c);
		hook_end(c);
	}
	probe_end();
}

static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	struct capture_ctx *c;

	probe_begin();
	c = capture_syscall(regs, ret, true);
	if (c) {
		do {
			fillers[c->filler](c);
			capture_finish(c);
		} while (capture_again(c));
		ctx_release(c);
	}
	probe_end();
}

static void probe_sched_process_exec(void *data, struct task_struct *task, pid_t old_pid,
				     struct linux_binprm *bprm)
{
	probe_begin();
	on_sched_process_exec(bprm);
	probe_end();
}

#ifdef CAPTURE_FORK_CHILD_BY_HOOK
static void probe_sched_process_fork(void *data, struct task_struct *parent, struct task_struct *child)
{
	probe_begin();
	on_sched_process_fork(child, task_pt_regs(child));
	probe_end();
}
#endif

static void probe_sched_process_exit(void *data, struct task_struct *task)
{
	probe_begin();
	on_sched_process_exit(task);
	probe_end();
}

static void probe_sched_process_exit_group(void *data, struct task_struct *task, bool group_dead)
{
	probe_sched_process_exit(data, task);
}

static void probe_sched_switch(void *data, bool preempt, struct task_struct *prev, struct task_struct *next)
{
	probe_begin();
	on_sched_switch(prev, next);
	probe_end();
}

static void probe_sched_switch_state(void *data, bool preempt, struct task_struct *prev,
				     struct task_struct *next, unsigned int prev_state)
{
	probe_sched_switch(data, preempt, prev, next);
}

static void probe_signal_deliver(void *data, int sig, struct kernel_siginfo *info, struct k_sigaction *action)
{
	probe_begin();
	on_signal_deliver(sig, (unsigned long)info);
	probe_end();
}

static void probe_cpuhp_enter(void *data, unsigned int cpu, int target, int step, int (*fun)(unsigned int))
{
	probe_begin();
	on_cpuhp_enter(cpu, target, step, CPUHP_AP_ACTIVE);
	probe_end();
}

#ifdef CAPTURE_HAS_PAGE_FAULTS
static void probe_page_fault_user(void *data, unsigned long address, struct pt_regs *regs,
				  unsigned long error)
{
	probe_begin();
	on_page_fault(PPM_SC_PAGE_FAULT_USER, address, regs, error);
	probe_end();
}

static void probe_page_fault_kernel(void *data, unsigned long address, struct pt_regs *regs,
				    unsigned long error)
{
	probe_begin();
	on_page_fault(PPM_SC_PAGE_FAULT_KERNEL, address, regs, error);
	probe_end();
}
#endif

/* The second form of those whose arguments never changed. */
#define probe_sys_enter_other	       probe_sys_enter
#define probe_sys_exit_other	       probe_sys_exit
#define probe_sched_process_exec_other probe_sched_process_exec
#define probe_sched_process_fork_other probe_sched_process_fork
#define probe_sched_process_exit_other probe_sched_process_exit_group
#define probe_sched_switch_other       probe_sched_switch_state
#define probe_signal_deliver_other     probe_signal_deliver
#define probe_cpuhp_enter_other	       probe_cpuhp_enter
#define probe_page_fault_user_other    probe_page_fault_user
#define probe_page_fault_kernel_other  probe_page_fault_kernel

#define PROBE_CHECK(name) COMPAT_PROBE_CHECK(name, probe_##name, probe_##name##_other);
#define PROBE_ROW(name)	  [HOOK_##name] = COMPAT_PROBE_PICK(name, probe_##name, probe_##name##_other),

HOOKS(PROBE_CHECK)

void *probe_function(enum hook_id hook)
{
	static void *const functions[HOOK_COUNT] = {HOOKS(PROBE_ROW)};

	return functions[hook];
}

/* Word by word: hooks read while we write. */
void probes_configure(const struct capture_config *new)
{
	struct capture_config *now = &scapyard_config;
	int i;

	WRITE_ONCE(now->snaplen, new->snaplen);
	WRITE_ONCE(now->page_shift, PAGE_SHIFT);
	WRITE_ONCE(now->drop_failed, new->drop_failed);
	WRITE_ONCE(now->sampling_ratio, new->sampling_ratio);
	WRITE_ONCE(now->dynamic_snaplen, new->dynamic_snaplen);
	WRITE_ONCE(now->fullcapture_first, new->fullcapture_first);
	WRITE_ONCE(now->fullcapture_last, new->fullcapture_last);
	WRITE_ONCE(now->statsd_port, new->statsd_port);
	WRITE_ONCE(now->scope_cgroup, new->scope_cgroup);
	WRITE_ONCE(now->boot_offset_ns, new->boot_offset_ns);
	for (i = 0; i < CAPTURE_INTEREST_WORDS; i++)
		WRITE_ONCE(now->interest[i], new->interest[i]);
}

void probes_enable(bool on)
{
	WRITE_ONCE(scapyard_config.enabled, on);
}

static bool interesting(u32 sc)
{
	return scapyard_config.interest[sc / 64] >> (sc % 64) & 1;
}

static u32 syscall_probes_wanted(void)
{
	u32 wanted = 0;
	int nr;

	for (nr = 0; nr < CAPTURE_ROWS; nr++) {
		const struct capture_row *row = &capture_rows[nr];

		if (!row->sc || !interesting(row->sc))
			continue;
		wanted |= BIT(HOOK_sys_exit);
		if (row->enter != PPM_EVENT_MAX)
			wanted |= BIT(HOOK_sys_enter);
	}
	return wanted;
}

u32 probes_wanted(void)
{
	u32 wanted = syscall_probes_wanted() | BIT(HOOK_cpuhp_enter);

	if (interesting(PPM_SC_EXECVE) || interesting(PPM_SC_EXECVEAT))
		wanted |= BIT(HOOK_sched_process_exec);
	if (interesting(PPM_SC_SCHED_PROCESS_EXIT))
		wanted |= BIT(HOOK_sched_process_exit);
	if (interesting(PPM_SC_SCHED_SWITCH))
		wanted |= BIT(HOOK_sched_switch);
	if (interesting(PPM_SC_SIGNAL_DELIVER))
		wanted |= BIT(HOOK_signal_deliver);
#ifdef CAPTURE_FORK_CHILD_BY_HOOK
	if (interesting(PPM_SC_CLONE) || interesting(PPM_SC_CLONE3) || interesting(PPM_SC_FORK) ||
	    interesting(PPM_SC_VFORK))
		wanted |= BIT(HOOK_sched_process_fork);
#endif
#ifdef CAPTURE_HAS_PAGE_FAULTS
	if (interesting(PPM_SC_PAGE_FAULT_USER))
		wanted |= BIT(HOOK_page_fault_user);
	if (interesting(PPM_SC_PAGE_FAULT_KERNEL))
		wanted |= BIT(HOOK_page_fault_kernel);
#endif
	return wanted;
}
