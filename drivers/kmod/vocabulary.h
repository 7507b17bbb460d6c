/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The vocabulary of drivers/capture for code that runs inside the kernel. Included once, by probes.c.
 *
 * Kernel structures are read by copy_from_kernel_nofault(): what a hook looks at may be freed under its eyes,
 * and then a value may be stale but never crashes the machine.
 */
#ifndef SCAPYARD_VOCABULARY_H
#define SCAPYARD_VOCABULARY_H

#include <linux/compat.h>
#include <linux/preempt.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include "compat.h"
#include "percpu.h"

/* ---- reading the kernel ---- */

/* What lies at NULL and thereabouts is nobody's structure; on s390x it is readable all the same (the
 * lowcore). */
#define KERNEL_NULL_AREA 8192

static int read_kernel(void *dst, const void *addr, size_t n)
{
	return (unsigned long)addr < KERNEL_NULL_AREA ? -EFAULT : copy_from_kernel_nofault(dst, addr, n);
}

/* `n` bytes at `addr`, or zeroes where they cannot be read. */
static void kread_bytes(void *dst, const void *addr, size_t n)
{
	if (read_kernel(dst, addr, n))
		memset(dst, 0, n);
}

/* A union, because a value of a const type can only be written through its bytes. */
#define KREADP(T, addr)                                                                                      \
	({                                                                                                   \
		union {                                                                                      \
			typeof(T) value;                                                                     \
			u8 bytes[sizeof(T)];                                                                 \
		} kread_;                                                                                    \
		kread_bytes(kread_.bytes, (const void *)(unsigned long)(addr), sizeof(T));                   \
		kread_.value;                                                                                \
	})
#define KREAD_STEP(p, a)                                                                                     \
	({                                                                                                   \
		__auto_type kread_base_ = (p);                                                               \
		KREADP(typeof(kread_base_->a), &kread_base_->a);                                             \
	})
#define KREAD_1(p, a)				      KREAD_STEP(p, a)
#define KREAD_2(p, a, b)			      KREAD_STEP(KREAD_1(p, a), b)
#define KREAD_3(p, a, b, c)			      KREAD_STEP(KREAD_2(p, a, b), c)
#define KREAD_4(p, a, b, c, d)			      KREAD_STEP(KREAD_3(p, a, b, c), d)
#define KREAD_5(p, a, b, c, d, e)		      KREAD_STEP(KREAD_4(p, a, b, c, d), e)
#define KREAD_6(p, a, b, c, d, e, f)		      KREAD_STEP(KREAD_5(p, a, b, c, d, e), f)
#define KREAD_PICK(_1, _2, _3, _4, _5, _6, name, ...) name
#define KREAD(p, ...)                                                                                        \
	KREAD_PICK(__VA_ARGS__, KREAD_6, KREAD_5, KREAD_4, KREAD_3, KREAD_2, KREAD_1)(p, __VA_ARGS__)

#define KADDR(p, f) (&(p)->f)
#define KSIZEOF(T)  sizeof(T)

static __always_inline s64 copy_kernel(void *dst, u32 n, const void *addr)
{
	return read_kernel(dst, addr, n);
}

#define KERNEL_STR_CHUNK                                                                                     \
	64 /* aligned to its size, so that a chunk lies in one page: all there or not at all */

/* strncpy_from_kernel_nofault() is not exported. */
static s64 copy_kernel_str(void *dst, u32 max, const void *addr)
{
	u32 done = 0;

	while (done < max) {
		const char *from = (const char *)addr + done;
		u32 chunk = KERNEL_STR_CHUNK - ((unsigned long)from & (KERNEL_STR_CHUNK - 1));
		char *to = (char *)dst + done;
		size_t len;

		chunk = min(chunk, max - done);
		if (read_kernel(to, from, chunk))
			return -EFAULT;
		len = strnlen(to, chunk);
		done += len;
		if (len < chunk)
			return done + 1;
	}
	((char *)dst)[max - 1] = '\0';
	return max;
}

/* ---- reading user space ---- */

static __always_inline s64 copy_user(void *dst, u32 n, u64 addr)
{
	return copy_from_user_nofault(dst, (const void __user *)(unsigned long)addr, n);
}

/* strncpy_from_user_nofault() is not exported either. */
static s64 copy_user_str(void *dst, u32 max, u64 addr)
{
	long n;

	pagefault_disable();
	n = strncpy_from_user(dst, (const char __user *)(unsigned long)addr, max);
	pagefault_enable();
	if (n < 0)
		return n;
	if (n < max)
		return n + 1;
	((char *)dst)[max - 1] = '\0';
	return max;
}

/* ---- what the verifier needs and a compiler does not ---- */

#define LOOP(i, MAX)	    for (u32 i = 0; i < (MAX); i++)
#define BOUND(n, max)	    (n)
#define BOUND_MASK(n, mask) ((n) & (mask))
#define STORE(T, p, v)                                                                                       \
	({                                                                                                   \
		struct {                                                                                     \
			T value;                                                                             \
		} __packed *store_ = (void *)(p);                                                            \
		store_->value = (T)(v);                                                                      \
	})

/* trace_printk, because printk may not be called under the scheduler's locks. */
#ifdef SCAPYARD_DEBUG
#define DEBUG(fmt, ...) trace_printk("scapyard: " fmt "\n", ##__VA_ARGS__)
#else
#define DEBUG(fmt, ...) no_printk(fmt, ##__VA_ARGS__)
#endif

/* ---- the task ---- */

static __always_inline struct task_struct *cur_task(void)
{
	return current;
}

static __always_inline u64 cur_tid(void)
{
	return current->pid;
}

#ifdef CAPTURE_HAS_IA32
/* `task` is current: the answer for it is in its registers. */
static __always_inline bool task_in_compat_call(const struct task_struct *task)
{
	return in_ia32_syscall();
}
#endif

/* ---- settings, time, contexts, counters, ring ---- */

static struct capture_config scapyard_config;

static __always_inline const struct capture_config *config(void)
{
	return &scapyard_config;
}

static __always_inline u64 now_ns(void)
{
	return config()->boot_offset_ns + ktime_get_boot_fast_ns();
}

static __always_inline struct capture_counters *counters(void)
{
	return &this_cpu_read(scapyard_cpus.running)->counters;
}

static __always_inline u32 *sampling_paused(void)
{
	return &this_cpu_ptr(&scapyard_cpus)->paused;
}

/* Preemption is off, and what interrupts us has counters of its own. */
#define COUNT(counter) ((void)(counter)++)

/* Hooks nest like brackets on a CPU, as preemption is off; but a hook never enters a slot twice. */
static struct capture_ctx *ctx_take(enum capture_slot slot)
{
	struct cpu_state *cpu = this_cpu_ptr(&scapyard_cpus);
	struct cpu_slot *mine;

	if (!cpu->slots) {
		this_cpu_inc(scapyard_cpus.lost_no_ring);
		return NULL;
	}
	mine = &cpu->slots[slot];
	if (in_nmi() || mine->ctx.busy) {
		this_cpu_inc(scapyard_cpus.lost_busy);
		return NULL;
	}
	mine->ctx.busy = 1;
	mine->outer = cpu->running;
	cpu->running = mine;
	barrier();
	return &mine->ctx;
}

static void ctx_release(struct capture_ctx *c)
{
	struct cpu_slot *mine = container_of(c, struct cpu_slot, ctx);

	barrier();
	this_cpu_write(scapyard_cpus.running, mine->outer);
	barrier();
	c->busy = 0;
}

static __always_inline int ring_write(struct capture_ctx *c, u32 len)
{
	return !ring_append(this_cpu_read(scapyard_cpus.ring), c->frame, len);
}

/* The kernel has a page_shift(page) of its own; a macro leaves that one alone. */
#define page_shift() PAGE_SHIFT

#include "kernel_walks.h"

#endif
