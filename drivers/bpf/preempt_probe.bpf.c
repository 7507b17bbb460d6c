/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Is a raw tracepoint program at sys_exit preemptible on this kernel? Runs once, before the driver is loaded.
 */
#include "kernel_types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "shared.h"

#define NEED_RESCHED_FLAG 0x80000000 /* some architectures fold it, perhaps inverted, into the counter */

volatile struct bpf_preempt_probe preempt_probe SEC(".data.probe") = {};

struct task_struct___preempt_rcu {
	int rcu_read_lock_nesting;
} __attribute__((preserve_access_index));

#if defined(SCAP_ARCH_X86_64)
extern const int __preempt_count __ksym __weak;

/* -1: not where we look. 6.2 to 6.14 keep the counter in pcpu_hot, and run these programs with preemption
 * off. */
static __always_inline int preempt_count(void)
{
	const int *count;

	if (!&__preempt_count)
		return -1;
	count = bpf_this_cpu_ptr(&__preempt_count);
	return *count;
}
#elif defined(SCAP_ARCH_S390X)
struct lowcore {
	int preempt_count;
} __attribute__((preserve_access_index));

/* Each CPU sees its own lowcore at address 0 (the option relocate_lowcore of 6.12 moves it: unreadable then).
 */
static __always_inline int preempt_count(void)
{
	const struct lowcore *lowcore = NULL;
	int count;

	if (!bpf_core_field_exists(struct lowcore, preempt_count) ||
	    bpf_core_read(&count, sizeof(count), &lowcore->preempt_count))
		return -1;
	return count;
}
#else
struct thread_info___preempt {
	int preempt_count; /* aarch64: 64 bits, of which the low half is the counter */
} __attribute__((preserve_access_index));

struct task_struct___preempt {
	struct thread_info___preempt thread_info;
} __attribute__((preserve_access_index));

static __always_inline int preempt_count(void)
{
	const struct task_struct___preempt *task = (const void *)bpf_get_current_task();

	return BPF_CORE_READ(task, thread_info.preempt_count);
}
#endif

static __always_inline bool preemptible(void)
{
	/* Without CONFIG_PREEMPT_RCU the tracepoint's RCU section disables preemption. */
	if (!bpf_core_field_exists(struct task_struct___preempt_rcu, rcu_read_lock_nesting))
		return false;
	return (preempt_count() & ~NEED_RESCHED_FLAG) == 0;
}

SEC("raw_tp/sys_exit")
int probe_preempt(void *ctx)
{
	(void)ctx;
	if (bpf_get_current_pid_tgid() >> 32 == preempt_probe.target)
		preempt_probe.answer = preemptible() ? BPF_PREEMPTIBLE : BPF_PREEMPT_OFF;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
