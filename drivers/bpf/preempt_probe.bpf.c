/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Is a raw tracepoint program at sys_exit preemptible on this kernel? Runs once, before the driver is loaded.
 */
#include "kernel_types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "../capture/regs.h"

enum { ANSWER_PINNED = 1, ANSWER_PREEMPTIBLE = 2 };
#define NEED_RESCHED_FLAG 0x80000000 /* x86 folds it, inverted, into the counter */

unsigned int target; /* process that asks; plain types, because the skeleton repeats them */
unsigned int answer;

struct task_struct___preempt_rcu {
	int rcu_read_lock_nesting;
} __attribute__((preserve_access_index));

extern const int __preempt_count __ksym __weak;

static __always_inline bool preemptible(void)
{
	const int *count;

	/* Without CONFIG_PREEMPT_RCU the tracepoint's RCU section disables preemption. */
	if (!bpf_core_field_exists(struct task_struct___preempt_rcu, rcu_read_lock_nesting))
		return false;
	/* 6.2 to 6.14 keep the counter elsewhere (pcpu_hot), and run these programs with preemption off. */
	if (!&__preempt_count)
		return false;
	count = bpf_this_cpu_ptr(&__preempt_count);
	return (*count & ~NEED_RESCHED_FLAG) == 0;
}

SEC("raw_tp/sys_exit")
int probe_preempt(void *ctx)
{
	(void)ctx;
	if (bpf_get_current_pid_tgid() >> 32 == target)
		answer = preemptible() ? ANSWER_PREEMPTIBLE : ANSWER_PINNED;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
