/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The part of the vocabulary that differs between kernels or needs what only a module can have. */
#ifndef SCAPYARD_KERNEL_WALKS_H
#define SCAPYARD_KERNEL_WALKS_H

#include "kernel_bits.h"

static __always_inline u64 walk_kernfs_id(struct kernfs_node *kn)
{
	return KREAD(kn, id);
}

static __always_inline struct kernfs_node *walk_kernfs_parent(struct kernfs_node *kn)
{
	return KREAD(kn, COMPAT_KERNFS_PARENT);
}

/* ---- mounts ---- */

static __always_inline struct mount *walk_mount_of(struct vfsmount *vfsmount)
{
	return vfsmount ? (struct mount *)container_of(vfsmount, struct mount_head, mnt) : NULL;
}

static __always_inline struct dentry *walk_mount_root(struct mount *mount)
{
	struct mount_head *head = (struct mount_head *)mount;

	return KREAD(head, mnt.mnt_root);
}

static __always_inline struct mount *walk_mount_parent(struct mount *mount)
{
	struct mount_head *head = (struct mount_head *)mount;

	return KREAD(head, mnt_parent);
}

static __always_inline struct dentry *walk_mount_point(struct mount *mount)
{
	struct mount_head *head = (struct mount_head *)mount;

	return KREAD(head, mnt_mountpoint);
}

static __always_inline u64 walk_inode_ctime_ns(struct inode *inode)
{
	return COMPAT_INODE_TIME_NS(inode, ctime);
}

static __always_inline u64 walk_inode_mtime_ns(struct inode *inode)
{
	return COMPAT_INODE_TIME_NS(inode, mtime);
}

/* ---- tasks ---- */

/* `member` is a literal of enum { MM_FILEPAGES, … }. */
static __always_inline s64 walk_mm_counter(struct mm_struct *mm, const u32 member)
{
	return COMPAT_MM_COUNTER(mm, member);
}

static __always_inline u64 walk_capability(const kernel_cap_t *capability)
{
	if (COMPAT_CAPABILITY_IS_ARRAY)
		return KREADP(u32, capability) | (u64)KREADP(u32, (u32 *)capability + 1) << 32;
	return KREADP(u64, capability);
}

static __always_inline u32 walk_loginuid(struct task_struct *task)
{
#ifdef CONFIG_AUDIT
	return KREAD(task, loginuid.val);
#else
	return (u32)-1;
#endif
}

static __always_inline struct task_struct *walk_thread_of(struct list_head *thread_node)
{
	return container_of(thread_node, struct task_struct, thread_node);
}

static __always_inline bool walk_signal_bit(struct signal_struct *signal, const struct kernel_bit *bit)
{
	return signal && KREADP(u8, (u8 *)signal + bit->offset) & bit->mask;
}

static __always_inline bool walk_is_subreaper(struct signal_struct *signal)
{
	return walk_signal_bit(signal, &bit_is_child_subreaper);
}

static __always_inline bool walk_has_subreaper(struct signal_struct *signal)
{
	return walk_signal_bit(signal, &bit_has_child_subreaper);
}

/* ---- cgroups: the state of a controller in a css_set; NULL if the kernel was built without the controller
 * ---- */

static __always_inline struct cgroup_subsys_state *walk_css(struct css_set *set, int id)
{
	return id < 0 ? NULL : KREAD(set, subsys[id]);
}

#define WALK_CSS(set, name) walk_css(set, WALK_CSS_##name)
#ifdef CONFIG_CPUSETS
#define WALK_CSS_cpuset cpuset_cgrp_id
#else
#define WALK_CSS_cpuset -1
#endif
#ifdef CONFIG_CGROUP_SCHED
#define WALK_CSS_cpu cpu_cgrp_id
#else
#define WALK_CSS_cpu -1
#endif
#ifdef CONFIG_CGROUP_CPUACCT
#define WALK_CSS_cpuacct cpuacct_cgrp_id
#else
#define WALK_CSS_cpuacct -1
#endif
#ifdef CONFIG_BLK_CGROUP
#define WALK_CSS_io io_cgrp_id
#else
#define WALK_CSS_io -1
#endif
#ifdef CONFIG_MEMCG
#define WALK_CSS_memory memory_cgrp_id
#else
#define WALK_CSS_memory -1
#endif

#endif
