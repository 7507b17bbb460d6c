/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The vocabulary of drivers/capture for eBPF. drivers/capture/README.md says what each name means. */
#ifndef BPF_VOCABULARY_H
#define BPF_VOCABULARY_H

#include "kernel_read.h"
#include "maps.h"

#ifdef SCAP_DEBUG
#define DEBUG(fmt, ...) bpf_printk("scapyard: " fmt, ##__VA_ARGS__)
#else
#define DEBUG(fmt, ...) ((void)0)
#endif

/* x86_64, aarch64, s390x and ppc64le kernels let programs store unaligned; riscv64's do not, and a packed
 * type makes the compiler store bytes. */
#ifdef SCAP_ARCH_RISCV64
#define STORE(T, p, v) (((struct { T v_; } __attribute__((packed)) *)(p))->v_ = (v))
#else
#define STORE(T, p, v) (*(T *)(p) = (T)(v))
#endif

static __always_inline s64 copy_user(void *dst, u64 n, u64 addr)
{
	return bpf_probe_read_user(dst, n, (const void *)addr);
}

static __always_inline s64 copy_kernel(void *dst, u64 n, const void *addr)
{
	return bpf_probe_read_kernel(dst, n, addr);
}

static __always_inline s64 copy_user_str(void *dst, const u32 max, u64 addr)
{
	s64 n = bpf_probe_read_user_str(dst, max, (const void *)addr);

	if (n)
		return n;
	/* Against its documentation the helper returns 0 for an empty string (6.12 does; fixed later). */
	*(char *)dst = '\0';
	return 1;
}

static __always_inline s64 copy_kernel_str(void *dst, const u32 max, const void *addr)
{
	return bpf_probe_read_kernel_str(dst, max, addr);
}

static __always_inline const volatile struct capture_config *config(void)
{
	return &capture_config;
}

static __always_inline struct bpf_cpu *this_cpu(void)
{
	u32 cpu = bpf_get_smp_processor_id();

	return bpf_map_lookup_elem(&cpus, &cpu);
}

static __always_inline struct capture_counters *counters(void)
{
	struct bpf_cpu *cpu = this_cpu();

	return cpu ? &cpu->counters : NULL;
}

static __always_inline u32 *sampling_paused(void)
{
	struct bpf_cpu *cpu = this_cpu();

	return cpu ? &cpu->paused : NULL;
}

/* From 7.0 (a46023d5616e) a raw tracepoint program can be preempted by another one on its CPU. */
#define COUNT(counter) ((void)__sync_fetch_and_add(&(counter), 1))

static __always_inline struct capture_ctx *ctx_of(u32 slot)
{
	u32 row = bpf_get_smp_processor_id() * CAPTURE_SLOTS + slot;

	return bpf_map_lookup_elem(&contexts, &row);
}

/* `busy` counts who wants the context. Without a fetching add (5.12), it is ours if we read back our own 1.
 */
static __always_inline struct capture_ctx *ctx_take(u32 slot)
{
	struct capture_ctx *c = ctx_of(slot);
	struct capture_counters *count;

	if (!c)
		return NULL;
	__sync_fetch_and_add(&c->busy, 1);
	if (*(volatile u32 *)&c->busy == 1)
		return c;
	__sync_fetch_and_add(&c->busy, -1);
	count = counters();
	if (count)
		COUNT(count->lost_busy);
	return NULL;
}

static __always_inline void ctx_release(struct capture_ctx *c)
{
	__sync_fetch_and_add(&c->busy, -1);
}

static __always_inline s64 ring_write(struct capture_ctx *c, u64 len)
{
	struct bpf_cpu *cpu = this_cpu();
	struct bpf_ring_prefix *prefix = (void *)&c->prefix;
	void *ring;

	if (!cpu)
		return -1;
	ring = bpf_map_lookup_elem(&rings, &cpu->ring);
	if (!ring)
		return -1;
	prefix->cpu = bpf_get_smp_processor_id();
	return bpf_ringbuf_output(ring, prefix, sizeof(*prefix) + len, BPF_RB_NO_WAKEUP);
}

static __always_inline u64 now_ns(void)
{
	return capture_config.boot_offset_ns + bpf_ktime_get_boot_ns();
}

static __always_inline struct task_struct *cur_task(void)
{
	return (struct task_struct *)bpf_get_current_task();
}

static __always_inline u64 cur_tid(void)
{
	return (u32)bpf_get_current_pid_tgid();
}

/* User space knows; CONFIG_PAGE_SHIFT is not in BTF. */
static __always_inline u32 page_shift(void)
{
	return capture_config.page_shift;
}

#include "kernel_fixes.h"

#endif
