/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Every difference between kernels that the module has to know, each with the version and the upstream commit
 * that made it. Asked, never concluded from a version number: by the type of the thing where the compiler can
 * tell, else by Kbuild, which looks for a name in the headers.
 */
#ifndef SCAPYARD_COMPAT_H
#define SCAPYARD_COMPAT_H

#include <linux/mm.h>

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
#ifdef KERNEL_HAS_KERNFS___PARENT
#define COMPAT_KERNFS_PARENT __parent
#else
#define COMPAT_KERNFS_PARENT parent
#endif

#endif
