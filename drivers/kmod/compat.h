/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Every difference between kernels that the module has to know, each with the version and the upstream commit
 * that made it. Asked, never concluded from a version number: by the type of the thing where the compiler can
 * tell, else by Kbuild, which looks for a name in the headers.
 */
#ifndef SCAPYARD_COMPAT_H
#define SCAPYARD_COMPAT_H

#include <linux/mm.h>
#include <linux/tracepoint.h>

/* 6.3, bc292ab00f6c "mm: introduce vma->vm_flags wrapper functions": the field became const. */
static inline void compat_vm_flags_clear(struct vm_area_struct *vma, unsigned long flags)
{
#ifdef KERNEL_HAS_VM_FLAGS_CLEAR
	vm_flags_clear(vma, flags);
#else
	vma->vm_flags &= ~flags;
#endif
}

/* 6.15, 633488947ef6 "kernfs: Use RCU to access kernfs_node::parent.": the field became __parent. */
#ifdef KERNEL_HAS___PARENT
#define COMPAT_KERNFS_PARENT __parent
#else
#define COMPAT_KERNFS_PARENT parent
#endif

/* 6.2, f1a7941243c1 "mm: convert mm's rss stats into percpu_counter": struct mm_rss_stat is gone. Of a
 * percpu_counter we read the common part: summing up all CPUs' parts is too slow for a hook. */
#ifdef KERNEL_HAS_MM_RSS_STAT
#define COMPAT_MM_COUNTER(mm, member) KREAD(mm, rss_stat.count[member].counter)
#else
#define COMPAT_MM_COUNTER(mm, member) KREAD(mm, rss_stat[member].count)
#endif

/*
 * 6.6, 13bc24457850 "fs: rename i_ctime field to __i_ctime", and 6.7 likewise for i_mtime;
 * 6.11, 3aa63a569c64 "fs: switch timespec64 fields in inode to discrete integers";
 * 6.13, 4e40eff0b573 "fs: add infrastructure for multigrain timestamps": the top bit of i_ctime_nsec is a
 * mark.
 */
#ifdef KERNEL_HAS_I_CTIME_SEC
#define COMPAT_INODE_SEC(inode, which)	KREAD(inode, i_##which##_sec)
#define COMPAT_INODE_NSEC(inode, which) (KREAD(inode, i_##which##_nsec) & 0x7fffffff)
#elif defined(KERNEL_HAS___I_MTIME)
#define COMPAT_INODE_SEC(inode, which)	KREAD(inode, __i_##which.tv_sec)
#define COMPAT_INODE_NSEC(inode, which) KREAD(inode, __i_##which.tv_nsec)
#else
#define COMPAT_INODE_SEC(inode, which)	KREAD(inode, i_##which.tv_sec)
#define COMPAT_INODE_NSEC(inode, which) KREAD(inode, i_##which.tv_nsec)
#endif
#define COMPAT_INODE_TIME_NS(inode, which)                                                                   \
	((u64)COMPAT_INODE_SEC(inode, which) * NSEC_PER_SEC + COMPAT_INODE_NSEC(inode, which))

/* 6.3, f122a08b197d "capability: just use a 'u64' instead of a 'u32[2]' array": as seen by its
 * alignment. */
#define COMPAT_CAPABILITY_IS_ARRAY (__alignof__(kernel_cap_t) == __alignof__(u32))

/* 6.16, 06aa9378df01 "x86/tracing, x86/mm: Move page fault tracepoints to generic" */
#ifdef CAPTURE_HAS_PAGE_FAULTS
#if __has_include(<trace/events/exceptions.h>)
#include <trace/events/exceptions.h>
#else
#include <asm/trace/exceptions.h>
#endif
#endif

/*
 * Arguments of a tracepoint that changed between kernels: the one of two probes that fits.
 * - sched_switch: 5.18, 9c2136be0878 "sched/tracing: Append prev_state to tp args instead"
 * - sched_process_exit: 6.16, "exit: move and extend sched_process_exit() tracepoint": adds group_dead
 */
#define COMPAT_PROBE_FITS(tracepoint, probe)                                                                 \
	__builtin_types_compatible_p(typeof(&check_trace_callback_type_##tracepoint),                        \
				     void (*)(typeof(&probe)))
#define COMPAT_PROBE_PICK(tracepoint, probe, other)                                                          \
	__builtin_choose_expr(COMPAT_PROBE_FITS(tracepoint, probe), probe, other)
/* A third form of the arguments must not compile. */
#define COMPAT_PROBE_CHECK(tracepoint, probe, other)                                                         \
	static_assert(COMPAT_PROBE_FITS(tracepoint, probe) || COMPAT_PROBE_FITS(tracepoint, other),          \
		      "tracepoint " #tracepoint " has arguments that no probe here takes")

#endif
