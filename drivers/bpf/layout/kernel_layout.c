// SPDX-License-Identifier: GPL-2.0-only OR MIT
/*
 * The structures of ../kernel_types.h as a kernel's own headers have them. Compiled with debug information by
 * the kernel's makefiles; what the compiler then knows becomes BTF for kernels that carry none (see
 * ../kernel-btf.ts).
 */
#include <linux/cpuhotplug.h>

#define mount_head mount /* the part of it that is in no header, under its real name */
#include "../../kmod/kernel_types.h"

/* Whatever these reach is in the debug information too. */
struct kernel_layout {
	struct task_struct task;
	struct mount mount;
	struct linux_binprm binprm;
	struct kernfs_node kernfs_node;
	struct inet_sock inet_sock;
	struct ipv6_pinfo ipv6_pinfo;
	struct unix_sock unix_sock;
	enum cgroup_subsys_id subsys;
	enum cpuhp_state cpuhp_state;
	struct pt_regs regs;
} kernel_layout;
