/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The kernel structures that fillers walk through. */
#ifndef SCAPYARD_KERNEL_TYPES_H
#define SCAPYARD_KERNEL_TYPES_H

#include <linux/binfmts.h>
#include <linux/cgroup-defs.h>
#include <linux/cred.h>
#include <linux/dcache.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/ipv6.h>
#include <linux/kernfs.h>
#include <linux/mm_types.h>
#include <linux/mount.h>
#include <linux/nsproxy.h>
#include <linux/path.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task_stack.h>
#include <linux/tty.h>
#include <linux/tty_driver.h>
#include <net/af_unix.h>
#include <net/inet_sock.h>
#include <net/sock.h>

/* struct mount is private to fs/; its first members have been these since 3.3 (2012). */
struct mount_head {
	struct hlist_node mnt_hash;
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

#endif
