/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* From a task to its ids, credentials, limits and terminal. */
#ifndef CAPTURE_WALK_IDS_H
#define CAPTURE_WALK_IDS_H

/* enum pid_type, struct mm_rss_stat and RLIMIT_NOFILE: part of the kernel since long before 5.8. */
#define WALK_PIDTYPE_TGID  1
#define WALK_PIDTYPE_PGID  2
#define WALK_PIDTYPE_SID   3
#define WALK_MM_FILEPAGES  0
#define WALK_MM_ANONPAGES  1
#define WALK_MM_SWAPENTS   2
#define WALK_MM_SHMEMPAGES 3
#define WALK_RLIMIT_NOFILE 7
#define WALK_PF_KTHREAD	   0x00200000

static __always_inline bool walk_is_kernel_thread(struct task_struct *task)
{
	return KREAD(task, flags) & WALK_PF_KTHREAD;
}

/* ---- process ids ---- */

/* Number of `pid` in the namespace it was made in, the innermost one that knows it. */
static __always_inline s64 walk_pid_vnr(struct pid *pid)
{
	u32 level = KREAD(pid, level);
	struct upid *numbers = KADDR(pid, numbers[0]);
	struct upid *own = (void *)((u64)(unsigned long)numbers + (u64)level * KSIZEOF(struct upid));

	return pid ? KREAD(own, nr) : 0;
}

/* Number of `pid` as seen from the namespace of `viewer`; 0 if it cannot be seen from there. */
static __always_inline s64 walk_pid_nr_in(struct pid *pid, struct pid *viewer)
{
	u32 level = KREAD(viewer, level);
	struct upid *numbers = KADDR(pid, numbers[0]);
	struct upid *seen = (void *)((u64)(unsigned long)numbers + (u64)level * KSIZEOF(struct upid));

	return pid && level <= KREAD(pid, level) ? KREAD(seen, nr) : 0;
}

static __always_inline struct pid_namespace *walk_pid_ns(struct task_struct *task)
{
	struct pid *pid = KREAD(task, thread_pid);
	u32 level = KREAD(pid, level);
	struct upid *numbers = KADDR(pid, numbers[0]);
	struct upid *own = (void *)((u64)(unsigned long)numbers + (u64)level * KSIZEOF(struct upid));

	return KREAD(own, ns);
}

/* The struct pid of a task's process group or thread group. */
static __always_inline struct pid *walk_signal_pid(struct task_struct *task, const u32 type)
{
	struct signal_struct *signal = KREAD(task, signal);

	return type == WALK_PIDTYPE_TGID ? KREAD(signal, pids[WALK_PIDTYPE_TGID])
					 : KREAD(signal, pids[WALK_PIDTYPE_PGID]);
}

/* Number in the initial namespace. */
static __always_inline s64 walk_pgid(struct task_struct *task)
{
	struct pid *pid = walk_signal_pid(task, WALK_PIDTYPE_PGID);

	return KREAD(pid, numbers[0].nr);
}

static __always_inline s64 walk_vpgid(struct task_struct *task)
{
	return walk_pid_nr_in(walk_signal_pid(task, WALK_PIDTYPE_PGID), KREAD(task, thread_pid));
}

static __always_inline s64 walk_vtid(struct task_struct *task)
{
	return walk_pid_vnr(KREAD(task, thread_pid));
}

static __always_inline s64 walk_vpid(struct task_struct *task)
{
	return walk_pid_nr_in(walk_signal_pid(task, WALK_PIDTYPE_TGID), KREAD(task, thread_pid));
}

/* ---- credentials ---- */

static __always_inline u32 walk_euid(struct task_struct *task)
{
	return KREAD(task, cred, euid.val);
}

static __always_inline u32 walk_egid(struct task_struct *task)
{
	return KREAD(task, cred, egid.val);
}

static __always_inline u64 walk_fd_limit(struct task_struct *task)
{
	return KREAD(task, signal, rlim[WALK_RLIMIT_NOFILE].rlim_cur);
}

/* Device number of the controlling terminal; 0 = none. */
static __always_inline u32 walk_tty(struct task_struct *task)
{
	struct tty_struct *tty = KREAD(task, signal, tty);
	struct tty_driver *driver = KREAD(tty, driver);

	if (!tty)
		return 0;
	return walk_encode_dev((u32)KREAD(driver, major) << 20 |
			       (u32)(KREAD(driver, minor_start) + KREAD(tty, index)));
}

#endif
