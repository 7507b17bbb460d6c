/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Differences between kernels, each with the version and the commit that made it. */
#ifndef BPF_KERNEL_FIXES_H
#define BPF_KERNEL_FIXES_H

static __always_inline u64 walk_kernfs_id(struct kernfs_node *kn)
{
	return KREAD(kn, id);
}

static __always_inline struct kernfs_node *walk_kernfs_parent(struct kernfs_node *kn)
{
	struct kernfs_node___v615 *renamed = (void *)kn;

	if (KHAS(struct kernfs_node___v615, __parent))
		return KREAD(renamed, __parent);
	return KREAD(kn, parent);
}

/* v6.2, f1a7941243c1. Only the shared part: what CPUs have not yet added to it is left out, as in the module.
 */
static __always_inline s64 walk_mm_counter(struct mm_struct *mm, const u32 kind)
{
	struct mm_struct___v62 *v62 = (void *)mm;

	if (KHAS(struct mm_struct___v62, rss_stat)) {
		/* An index that is no literal is not relocated: the element is found by the running kernel's
		 * size. */
		struct percpu_counter *first = KADDR(v62, rss_stat[0]);
		struct percpu_counter *counter =
		    (void *)((u64)(unsigned long)first + kind * KSIZEOF(struct percpu_counter));

		return KREAD(counter, count);
	}
	return KREAD(mm, rss_stat.count[kind].counter);
}

/* v6.3, f122a08b197d: kernel_cap_t was two u32, the low one first, and became a u64. Its bytes are the same
 * on little-endian machines. */
static __always_inline u64 walk_capability(const kernel_cap_t *cap)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	if (KHAS(struct kernel_cap_struct, cap)) {
		u64 low = KREADP(u32, cap), high = KREADP(u32, (const u8 *)cap + 4);

		return high << 32 | low;
	}
#endif
	return KREADP(u64, cap);
}

static __always_inline u64 walk_ns(s64 sec, s64 nsec)
{
	return (u64)sec * 1000000000ULL + (u64)nsec;
}

/* Since v6.13 (4e40eff0b573) the top bit of the nanoseconds is a mark of the kernel's. */
#define WALK_NSEC_MASK 0x7fffffff

static __always_inline u64 walk_inode_ctime_ns(struct inode *inode)
{
	struct inode___v66 *v66 = (void *)inode;
	struct inode___v611 *v611 = (void *)inode;

	if (KHAS(struct inode___v611, i_ctime_sec))
		return walk_ns(KREAD(v611, i_ctime_sec), KREAD(v611, i_ctime_nsec) & WALK_NSEC_MASK);
	if (KHAS(struct inode___v66, __i_ctime))
		return walk_ns(KREAD(v66, __i_ctime.tv_sec), KREAD(v66, __i_ctime.tv_nsec));
	return walk_ns(KREAD(inode, i_ctime.tv_sec), KREAD(inode, i_ctime.tv_nsec));
}

static __always_inline u64 walk_inode_mtime_ns(struct inode *inode)
{
	struct inode___v66 *v66 = (void *)inode;
	struct inode___v611 *v611 = (void *)inode;

	if (KHAS(struct inode___v611, i_mtime_sec))
		return walk_ns(KREAD(v611, i_mtime_sec), KREAD(v611, i_mtime_nsec));
	if (KHAS(struct inode___v66, __i_mtime))
		return walk_ns(KREAD(v66, __i_mtime.tv_sec), KREAD(v66, __i_mtime.tv_nsec));
	return walk_ns(KREAD(inode, i_mtime.tv_sec), KREAD(inode, i_mtime.tv_nsec));
}

/* struct mount lies around the struct vfsmount that everybody else sees. */
static __always_inline struct mount *walk_mount_of(struct vfsmount *vfsmount)
{
	return vfsmount ? (void *)((u64)(unsigned long)vfsmount - bpf_core_field_offset(struct mount, mnt))
			: NULL;
}

static __always_inline struct mount *walk_mount_parent(struct mount *mount)
{
	return KREAD(mount, mnt_parent);
}

static __always_inline struct dentry *walk_mount_point(struct mount *mount)
{
	return KREAD(mount, mnt_mountpoint);
}

static __always_inline struct dentry *walk_mount_root(struct mount *mount)
{
	return KREAD(mount, mnt.mnt_root);
}

/* The state of one cgroup controller; NULL if the kernel was built without it. */
#define WALK_CSS(set, controller)                                                                            \
	(bpf_core_enum_value_exists(enum cgroup_subsys_id, controller##_cgrp_id)                             \
	     ? KREADP(struct cgroup_subsys_state *,                                                          \
		      KADDR(set, subsys[0]) +                                                                \
			  bpf_core_enum_value(enum cgroup_subsys_id, controller##_cgrp_id))                  \
	     : NULL)

/* CONFIG_AUDIT: without it nobody has a login uid. */
static __always_inline u32 walk_loginuid(struct task_struct *task)
{
	return KHAS(struct task_struct, loginuid) ? KREAD(task, loginuid.val) : 0xffffffff;
}

static __always_inline bool walk_is_subreaper(struct signal_struct *signal)
{
	return BPF_CORE_READ_BITFIELD_PROBED(signal, is_child_subreaper);
}

static __always_inline bool walk_has_subreaper(struct signal_struct *signal)
{
	return BPF_CORE_READ_BITFIELD_PROBED(signal, has_child_subreaper);
}

/* The task whose thread_node this is. */
static __always_inline struct task_struct *walk_thread_of(struct list_head *node)
{
	return (void *)((u64)(unsigned long)node - bpf_core_field_offset(struct task_struct, thread_node));
}

/* Registers of a task that has not run yet: on top of its kernel stack, which holds nothing else (s390x:
 * little else). */
#if defined(SCAP_ARCH_AARCH64)
static __always_inline const void *walk_fork_regs(struct task_struct *child)
{
	return (const void *)KREAD(child, thread.cpu_context.sp);
}
#elif defined(SCAP_ARCH_RISCV64)
static __always_inline const void *walk_fork_regs(struct task_struct *child)
{
	return (const void *)KREAD(child, thread.sp);
}
#elif defined(SCAP_ARCH_S390X)
#define S390_THREAD_SIZE 16384 /* THREAD_SIZE, without KASAN */

static __always_inline const void *walk_fork_regs(struct task_struct *child)
{
	return (const u8 *)KREAD(child, stack) + S390_THREAD_SIZE - KSIZEOF(struct pt_regs___kernel);
}
#endif

#ifdef CAPTURE_HAS_IA32
static __always_inline bool task_in_compat_call(struct task_struct *task)
{
	return KREAD(task, thread_info.status) & CAPTURE_TS_COMPAT;
}
#endif

#endif
