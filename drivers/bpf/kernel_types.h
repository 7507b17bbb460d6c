/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The kernel types that fillers look into, reduced to the fields they read. preserve_access_index makes every
 * field access a CO-RE relocation: offsets come from the running kernel's BTF, and order and padding here
 * mean nothing. A `___suffix` names another version of a type; CO-RE ignores the suffix.
 */
#ifndef BPF_KERNEL_TYPES_H
#define BPF_KERNEL_TYPES_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long long s64;
typedef _Bool bool;
typedef u8 __u8;
typedef u16 __u16;
typedef u32 __u32;
typedef u64 __u64;
typedef s8 __s8;
typedef s16 __s16;
typedef s32 __s32;
typedef s64 __s64;
typedef u16 __be16;
typedef u32 __be32;
typedef u32 __wsum;
typedef u16 __sum16;
enum { false, true };
#define NULL ((void *)0)

/* Register files are read whole, so their layout is spelled out and not relocated. */
#if defined(SCAP_ARCH_X86_64)
struct pt_regs {
	unsigned long r15, r14, r13, r12, bp, bx, r11, r10, r9, r8, ax, cx, dx, si, di, orig_ax, ip, cs,
	    flags, sp, ss;
};
#elif defined(SCAP_ARCH_AARCH64)
struct pt_regs {
	u64 regs[31], sp, pc, pstate, orig_x0;
	s32 syscallno;
	u32 reserved;
};
#elif defined(SCAP_ARCH_S390X)
struct pt_regs {
	unsigned long args[1];
	struct {
		unsigned long mask, addr;
	} psw;
	unsigned long gprs[16], orig_gpr2;
	u32 int_code, int_parm;
};
#elif defined(SCAP_ARCH_RISCV64)
struct pt_regs {
	unsigned long epc, ra, sp, gp, tp, t0, t1, t2, s0, s1, a0, a1, a2, a3, a4, a5, a6, a7, s2, s3, s4, s5,
	    s6, s7, s8, s9, s10, s11, t3, t4, t5, t6, status, badaddr, cause, orig_a0;
};
#elif defined(SCAP_ARCH_PPC64LE)
struct pt_regs {
	unsigned long gpr[32], nip, msr, orig_gpr3, ctr, link, xer, ccr, softe, trap;
};
#else
#error "struct pt_regs is missing for this architecture"
#endif

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct dentry;
struct file;
struct inode;
struct mm_struct;
struct pid_namespace;
struct task_struct;

typedef struct {
	u32 val;
} kuid_t;

typedef struct {
	u32 val;
} kgid_t;

struct list_head {
	struct list_head *next, *prev;
};

struct qstr {
	u32 len;
	const unsigned char *name;
};

struct timespec64 {
	s64 tv_sec;
	long tv_nsec;
};

struct super_block {
	u32 s_dev;
	unsigned long s_flags;
	unsigned long s_magic;
};

struct inode {
	u16 i_mode;
	kuid_t i_uid;
	kgid_t i_gid;
	u32 i_flags;
	struct super_block *i_sb;
	unsigned long i_ino;
	struct timespec64 i_mtime;
	struct timespec64 i_ctime;
};

/* v6.6, 13bc24457850: `i_ctime` became `__i_ctime`. v6.7, 12cd44023651: `i_mtime` likewise. */
struct inode___v66 {
	struct timespec64 __i_ctime;
	struct timespec64 __i_mtime;
};

/* v6.11, 3aa63a569c64: seconds and nanoseconds became fields of their own. */
struct inode___v611 {
	s64 i_ctime_sec;
	u32 i_ctime_nsec;
	s64 i_mtime_sec;
	u32 i_mtime_nsec;
};

struct hlist_bl_node {
	struct hlist_bl_node **pprev;
};

struct dentry {
	struct hlist_bl_node d_hash;
	struct dentry *d_parent;
	struct qstr d_name;
	struct inode *d_inode;
};

struct vfsmount {
	struct dentry *mnt_root;
	int mnt_flags;
};

struct mount {
	struct mount *mnt_parent;
	struct dentry *mnt_mountpoint;
	struct vfsmount mnt;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	struct path f_path;
	struct inode *f_inode;
	u32 f_mode;
	u32 f_flags;
	void *private_data;
};

struct fdtable {
	u32 max_fds;
	struct file **fd;
	unsigned long *close_on_exec;
};

struct files_struct {
	struct fdtable *fdt;
};

struct fs_struct {
	struct path root, pwd;
};

/* ---- cgroups ---- */

struct kernfs_node {
	const char *name;
	struct kernfs_node *parent;
	u64 id;
};

/* v6.15, 633488947ef6: `parent` became `__parent`. */
struct kernfs_node___v615 {
	struct kernfs_node *__parent;
};

struct cgroup;

struct cgroup_subsys_state {
	struct cgroup *cgroup;
	u32 flags;
};

struct cgroup {
	struct cgroup_subsys_state self;
	struct kernfs_node *kn;
};

enum cgroup_subsys_id {
	cpuset_cgrp_id,
	cpu_cgrp_id,
	cpuacct_cgrp_id,
	io_cgrp_id,
	memory_cgrp_id,
};

struct css_set {
	struct cgroup_subsys_state *subsys[5];
	struct cgroup *dfl_cgrp;
};

/* ---- tasks ---- */

typedef struct {
	s64 counter;
} atomic_long_t;

struct percpu_counter {
	s64 count;
};

struct mm_rss_stat {
	atomic_long_t count[4];
};

struct mm_struct {
	unsigned long total_vm;
	unsigned long arg_start, arg_end, env_start, env_end;
	struct file *exe_file;
	struct mm_rss_stat rss_stat;
};

/* v6.2, f1a7941243c1: rss_stat became an array of per-CPU counters. */
struct mm_struct___v62 {
	struct percpu_counter rss_stat[4];
};

struct upid {
	int nr;
	struct pid_namespace *ns;
};

struct pid {
	u32 level;
	struct upid numbers[1];
};

struct pid_namespace {
	struct task_struct *child_reaper;
};

struct ns_common {
	u32 inum;
};

struct net {
	struct ns_common ns;
};

struct nsproxy {
	struct net *net_ns;
	struct pid_namespace *pid_ns_for_children;
};

typedef struct {
	u64 val;
} kernel_cap_t;

/* v6.3, f122a08b197d: until then kernel_cap_t was this structure of two u32. */
struct kernel_cap_struct {
	u32 cap[2];
};

struct group_info {
	int ngroups;
	kgid_t gid[1];
};

struct cred {
	kuid_t euid;
	kgid_t egid;
	kuid_t fsuid;
	kgid_t fsgid;
	kernel_cap_t cap_inheritable, cap_permitted, cap_effective;
	struct group_info *group_info;
};

struct rlimit {
	unsigned long rlim_cur;
	unsigned long rlim_max;
};

struct tty_driver {
	int major;
	int minor_start;
};

struct tty_struct {
	struct tty_driver *driver;
	int index;
};

struct signal_struct {
	struct list_head thread_head;
	struct pid *pids[4];
	struct tty_struct *tty;
	struct rlimit rlim[16];
	unsigned long min_flt, maj_flt;
	unsigned int is_child_subreaper : 1;
	unsigned int has_child_subreaper : 1;
};

struct thread_info {
	u32 status;
};

#if defined(SCAP_ARCH_AARCH64)
struct cpu_context {
	unsigned long sp;
};

struct thread_struct {
	struct cpu_context cpu_context;
};
#elif defined(SCAP_ARCH_RISCV64)
struct thread_struct {
	unsigned long sp;
};
#elif defined(SCAP_ARCH_S390X)
/* The kernel's own struct pt_regs, of which we only know the beginning. */
struct pt_regs___kernel {
	unsigned long orig_gpr2;
};
#endif

struct task_struct {
	struct thread_info thread_info;
#if defined(SCAP_ARCH_AARCH64) || defined(SCAP_ARCH_RISCV64)
	struct thread_struct thread;
#endif
	void *stack;
	unsigned int flags;
	int exit_code;
	int pid;
	int tgid;
	struct task_struct *real_parent;
	struct list_head children;
	struct list_head thread_node;
	struct pid *thread_pid;
	u64 start_boottime;
	unsigned long min_flt, maj_flt;
	const struct cred *real_cred;
	const struct cred *cred;
	char comm[16];
	struct fs_struct *fs;
	struct files_struct *files;
	struct nsproxy *nsproxy;
	struct signal_struct *signal;
	kuid_t loginuid;
	struct css_set *cgroups;
	struct mm_struct *mm;
};

struct linux_binprm {
	const char *filename;
};

/* ---- CPUs ---- */

enum cpuhp_state {
	CPUHP_AP_ACTIVE,
};

/* ---- sockets ---- */

struct in6_addr {
	u8 s6_addr[16];
};

struct sock_common {
	u32 skc_daddr;
	u16 skc_dport;
	u16 skc_family;
	struct in6_addr skc_v6_daddr;
};

struct sock {
	struct sock_common __sk_common;
	u32 sk_ack_backlog;
	u32 sk_max_ack_backlog;
};

struct socket {
	struct sock *sk;
};

struct ipv6_pinfo {
	struct in6_addr saddr;
};

struct inet_sock {
	struct ipv6_pinfo *pinet6;
	u32 inet_saddr;
	u16 inet_sport;
};

struct sockaddr_un {
	u16 sun_family;
};

struct unix_address {
	int len;
	struct sockaddr_un name[1];
};

struct unix_sock {
	struct unix_address *addr;
	struct sock *peer;
};

#pragma clang attribute pop

#endif
