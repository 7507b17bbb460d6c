/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The eBPF driver: hooks that decide (sys_enter, sys_exit) and one program per filler, entered by tail call.
 * A filler uses its context argument for nothing, so the same programs load as raw_tp, tp_btf or tracepoint.
 */
#include "kernel_types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "scap_schema.h"
#include "scap_flagmaps.h"
#include "scap_fillers.h"
#include "../capture/syscalls.h"

#include "../capture/abi.h"
#include "../capture/context.h"
#include "../capture/regs.h"
#include "vocabulary.h"
#include "../capture/capture.h"

/*
 * Kernels 6.12 to 7.2 in interpreter mode give a tail-called program the stack frame of its caller. Touching
 * the lowest slot makes every program's frame the full 512 bytes.
 */
#define FULL_FRAME() asm volatile("r0 = 0; *(u64 *)(r10 - 512) = r0" ::: "r0", "memory")

#define FILLER_PROTOTYPE(name) int run_##name(void *ctx);
SCAP_FILLERS(FILLER_PROTOTYPE)

#define FILLER_PROGRAM(name) [FILLER_##name] = (void *)&run_##name,
struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, FILLER_MAX);
	__uint(key_size, sizeof(u32));
	__array(values, int(void *));
} fillers SEC(".maps") = {.values = {SCAP_FILLERS(FILLER_PROGRAM)}};

#define FILLER(name)                                                                                         \
	static __always_inline void fill_##name(struct capture_ctx *c);                                      \
	SEC("raw_tp") int run_##name(void *ctx)                                                              \
	{                                                                                                    \
		struct capture_ctx *c = ctx_of(CAPTURE_SLOT_SYSCALL);                                        \
		FULL_FRAME();                                                                                \
		if (!c)                                                                                      \
			return 0;                                                                            \
		fill_##name(c);                                                                              \
		capture_finish(c);                                                                           \
		if (capture_again(c))                                                                        \
			bpf_tail_call(ctx, &fillers, c->filler);                                             \
		ctx_release(c);                                                                              \
		return 0;                                                                                    \
	}                                                                                                    \
	static __always_inline void fill_##name(struct capture_ctx *c)

#include "../capture/fillers.h"

static __always_inline int on_sys_exit(void *ctx, const void *kernel_regs, s64 ret)
{
	struct pt_regs regs;
	struct capture_ctx *c;
	struct capture_counters *count;

	if (!config()->enabled || bpf_probe_read_kernel(&regs, sizeof(regs), kernel_regs))
		return 0;
	c = capture_syscall(&regs, ret, true);
	if (!c)
		return 0;
	bpf_tail_call(ctx, &fillers, c->filler);
	/* Only reached when the tail call failed. */
	count = counters();
	if (count) {
		COUNT(count->seen);
		COUNT(count->lost_bug);
	}
	ctx_release(c);
	return 0;
}

/* What a raw tracepoint program gets: the tracepoint's arguments. */
struct raw_args {
	u64 args[3];
};

SEC("raw_tp/sys_exit")
int sys_exit_raw(struct raw_args *ctx)
{
	FULL_FRAME();
	return on_sys_exit(ctx, (const void *)ctx->args[0], (s64)ctx->args[1]);
}

struct syscall_exit_tp {
	u64 common;
	s64 id;
	s64 ret;
};

SEC("tp/raw_syscalls/sys_exit")
int sys_exit_tp(struct syscall_exit_tp *ctx)
{
	FULL_FRAME();
	return on_sys_exit(ctx, (const void *)bpf_task_pt_regs(bpf_get_current_task_btf()), ctx->ret);
}

static __always_inline int on_sys_enter(const void *kernel_regs)
{
	struct pt_regs regs;
	struct capture_ctx *c;

	if (!config()->enabled || bpf_probe_read_kernel(&regs, sizeof(regs), kernel_regs))
		return 0;
	c = capture_syscall(&regs, 0, false);
	if (!c)
		return 0;
	capture_fill_enter(c);
	capture_finish(c);
	ctx_release(c);
	return 0;
}

SEC("raw_tp/sys_enter")
int sys_enter_raw(struct raw_args *ctx)
{
	return on_sys_enter((const void *)ctx->args[0]);
}

SEC("tp/raw_syscalls/sys_enter")
int sys_enter_tp(void *ctx)
{
	(void)ctx;
	return on_sys_enter((const void *)bpf_task_pt_regs(bpf_get_current_task_btf()));
}

SEC("raw_tp/sched_process_exec")
int process_exec(struct raw_args *ctx)
{
	on_sched_process_exec((struct linux_binprm *)ctx->args[2]);
	return 0;
}

#ifdef CAPTURE_FORK_CHILD_BY_HOOK
SEC("raw_tp/sched_process_fork")
int process_fork(struct raw_args *ctx)
{
	struct task_struct *child = (struct task_struct *)ctx->args[1];
	struct pt_regs regs;

	if (!bpf_probe_read_kernel(&regs, sizeof(regs), walk_fork_regs(child)))
		on_sched_process_fork(child, &regs);
	return 0;
}
#endif

SEC("raw_tp/sched_process_exit")
int process_exit(struct raw_args *ctx)
{
	on_sched_process_exit((struct task_struct *)ctx->args[0]);
	return 0;
}

SEC("raw_tp/signal_deliver")
int signal_deliver(struct raw_args *ctx)
{
	on_signal_deliver((int)ctx->args[0], ctx->args[1]);
	return 0;
}

SEC("raw_tp/sched_switch")
int sched_switch(struct raw_args *ctx)
{
	on_sched_switch((struct task_struct *)ctx->args[1], (struct task_struct *)ctx->args[2]);
	return 0;
}

SEC("raw_tp/cpuhp_enter")
int cpu_hotplug(struct raw_args *ctx)
{
	on_cpuhp_enter((u32)ctx->args[0], (s32)ctx->args[1], (s32)ctx->args[2],
		       (s32)bpf_core_enum_value(enum cpuhp_state, CPUHP_AP_ACTIVE));
	return 0;
}

#ifdef CAPTURE_HAS_PAGE_FAULTS
SEC("raw_tp/page_fault_user")
int fault_user(struct raw_args *ctx)
{
	on_page_fault(PPM_SC_PAGE_FAULT_USER, ctx->args[0], (const struct pt_regs *)ctx->args[1],
		      ctx->args[2]);
	return 0;
}

SEC("raw_tp/page_fault_kernel")
int fault_kernel(struct raw_args *ctx)
{
	on_page_fault(PPM_SC_PAGE_FAULT_KERNEL, ctx->args[0], (const struct pt_regs *)ctx->args[1],
		      ctx->args[2]);
	return 0;
}
#endif

char LICENSE[] SEC("license") = "Dual MIT/GPL";
