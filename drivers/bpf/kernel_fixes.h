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

static __always_inline bool task_in_compat_call(struct task_struct *task)
{
#ifdef CAPTURE_HAS_IA32
	return KREAD(task, thread_info.status) & CAPTURE_TS_COMPAT;
#else
	return false;
#endif
}

#endif
