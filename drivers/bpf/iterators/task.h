/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The record of a task. What /proc says of it is the model: real_cred, and ids as the initial namespaces
 * number them. */
#ifndef BPF_ITER_TASK_H
#define BPF_ITER_TASK_H

#define GROUPS_MAX   64 /* supplementary groups looked at; libscap's OS_GROUPS_MAX */
#define MNT_READONLY 0x40
#define S_IMMUTABLE  8
#define SB_RDONLY    1

static struct iter_task record;

static __always_inline void take_ids(struct iter_task *r, struct task_struct *task)
{
	struct signal_struct *signal = KREAD(task, signal);
	const struct cred *cred = KREAD(task, real_cred);
	struct pid *session = KREAD(signal, pids[WALK_PIDTYPE_SID]);

	r->tid = KREAD(task, pid);
	r->pid = KREAD(task, tgid);
	r->ppid = KREAD(task, real_parent, tgid);
	r->sid = KREAD(session, numbers[0].nr);
	r->pgid = (s32)walk_pgid(task);
	r->vtid = (s32)walk_vtid(task);
	r->vpid = (s32)walk_vpid(task);
	r->vpgid = (s32)walk_vpgid(task);
	r->uid = KREAD(cred, euid.val);
	r->gid = KREAD(cred, egid.val);
	r->fsuid = KREAD(cred, fsuid.val);
	r->loginuid = walk_loginuid(task);
	r->tty = walk_tty(task);
	r->cap_inheritable = walk_capability(KADDR(cred, cap_inheritable));
	r->cap_permitted = walk_capability(KADDR(cred, cap_permitted));
	r->cap_effective = walk_capability(KADDR(cred, cap_effective));
}

static __always_inline void take_times(struct iter_task *r, struct task_struct *task)
{
	r->start_ns = KREAD(task, start_boottime);
	r->ns_start_ns = 0;
	if (KREAD(task, thread_pid, level)) {
		r->flags |= ITER_NESTED;
		r->ns_start_ns = KREAD(walk_pid_ns(task), child_reaper, start_boottime);
	}
}

/* Never negative: the kernel's per-CPU parts may make it so for a moment. */
static __always_inline u64 pages(struct mm_struct *mm, const u32 kind)
{
	s64 count = walk_mm_counter(mm, kind);

	return count > 0 ? (u64)count : 0;
}

static __always_inline void take_counts(struct iter_task *r, struct task_struct *task, struct mm_struct *mm)
{
	struct signal_struct *signal = KREAD(task, signal);

	r->min_flt = KREAD(task, min_flt);
	r->maj_flt = KREAD(task, maj_flt);
	r->ended_min_flt = KREAD(signal, min_flt);
	r->ended_maj_flt = KREAD(signal, maj_flt);
	r->fd_limit = walk_fd_limit(task);
	r->vm_pages = r->rss_pages = r->swap_pages = 0;
	if (!mm)
		return;
	r->vm_pages = KREAD(mm, total_vm);
	r->rss_pages =
	    pages(mm, WALK_MM_FILEPAGES) + pages(mm, WALK_MM_ANONPAGES) + pages(mm, WALK_MM_SHMEMPAGES);
	r->swap_pages = pages(mm, WALK_MM_SWAPENTS);
}

static __always_inline bool in_group(const struct cred *cred, u32 gid)
{
	struct group_info *groups = KREAD(cred, group_info);
	u32 count = KREAD(groups, ngroups);
	u64 list = (u64)(unsigned long)KADDR(groups, gid);

	if (KREAD(cred, fsgid.val) == gid)
		return true;
	LOOP (i, GROUPS_MAX) {
		if (i >= count)
			break;
		if (KREADP(u32, list + 4 * (u64)i) == gid)
			return true;
	}
	return false;
}

static __always_inline void take_exe(struct iter_task *r, struct task_struct *task, struct file *exe)
{
	struct inode *inode = KREAD(exe, f_inode);
	u32 layer = walk_file_open_bits(exe);

	r->flags |= ITER_HAS_EXE;
	r->exe_ino = KREAD(inode, i_ino);
	r->exe_ctime_ns = walk_inode_ctime_ns(inode);
	r->exe_mtime_ns = walk_inode_mtime_ns(inode);
	r->exe_uid = KREAD(inode, i_uid.val);
	r->exe_gid = KREAD(inode, i_gid.val);
	r->exe_mode = KREAD(inode, i_mode);
	r->exe_magic = (u32)KREAD(inode, i_sb, s_magic);
	if (KREAD(inode, i_sb, s_flags) & SB_RDONLY || KREAD(exe, f_path.mnt, mnt_flags) & MNT_READONLY ||
	    KREAD(inode, i_flags) & S_IMMUTABLE)
		r->flags |= ITER_EXE_READ_ONLY;
	if (in_group(KREAD(task, real_cred), r->exe_gid))
		r->flags |= ITER_EXE_IN_GROUP;
	if (layer & PPM_FD_UPPER_LAYER)
		r->flags |= ITER_EXE_UPPER;
	if (layer & PPM_FD_LOWER_LAYER)
		r->flags |= ITER_EXE_LOWER;
}

static __always_inline void put_paths(struct seq_file *seq, struct task_struct *task, struct file *exe)
{
	struct fs_struct *fs = KREAD(task, fs);

	if (exe)
		put_path(seq, ITER_EXE, KADDR(exe, f_path));
	if (!fs)
		return;
	put_path(seq, ITER_CWD, KADDR(fs, pwd));
	put_path(seq, ITER_ROOT, KADDR(fs, root));
}

static __always_inline void put_args(struct seq_file *seq, struct task_struct *task, struct mm_struct *mm)
{
	u64 args = KREAD(mm, arg_start), end = KREAD(mm, arg_end);
	char last = 0;

	/* A process that has overwritten its arguments: the kernel has rules for what /proc shows then. */
	if (args < end &&
	    (bpf_copy_from_user_task(&last, 1, (const void *)(unsigned long)(end - 1), task, 0) || last))
		put_part(seq, ITER_ARGS, ITER_INCOMPLETE);
	else
		put_memory(seq, task, ITER_ARGS, args, end);
	put_memory(seq, task, ITER_ENV, KREAD(mm, env_start), KREAD(mm, env_end));
}

/* What all threads of a process share is told of the thread that it is named after. */
static __always_inline int list_task(struct bpf_iter__task *ctx, const bool may_sleep)
{
	struct seq_file *seq = ctx->meta->seq;
	struct task_struct *typed = ctx->task, *task;
	struct iter_task *r = &record;
	struct mm_struct *mm;
	struct file *exe;

	if (!typed)
		return 0;
	task = UNTYPED(typed);
	mm = walk_is_kernel_thread(task) ? NULL : KREAD(task, mm);
	exe = mm ? KREAD(mm, exe_file) : NULL;
	__builtin_memset(r, 0, sizeof(*r));
	r->kind = ITER_TASK;
	r->size = sizeof(*r);
	take_ids(r, task);
	take_times(r, task);
	take_counts(r, task, mm);
	bpf_core_read(r->comm, sizeof(r->comm), &task->comm);
	if (exe && r->tid == r->pid)
		take_exe(r, task, exe);
	bpf_seq_write(seq, r, sizeof(*r));
	put_cgroup(seq, KREAD(task, cgroups, dfl_cgrp));
	if (r->tid == r->pid) {
		put_paths(seq, task, exe);
		if (mm && may_sleep) {
			put_args(seq, typed, mm);
		} else if (mm) {
			put_part(seq, ITER_ARGS, ITER_INCOMPLETE);
			put_part(seq, ITER_ENV, ITER_INCOMPLETE);
		}
	}
	put_part(seq, ITER_END, 0);
	return 0;
}

#endif
