/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Birth and change of processes: clone, fork, vfork, clone3, execve, execveat, and sched_process_exec. */
#ifndef CAPTURE_PROCESS_H
#define CAPTURE_PROCESS_H

#define PROCESS_ARGS_MAX 4096 /* of exe and args together; of env */
#define PROCESS_ARGV_MAX 16   /* pointers followed when execve failed */
#define PROCESS_COMM_MAX 16

/* Strings between two addresses of the caller's memory, cut at `max`; the last byte becomes NUL. */
static __always_inline void push_strings(struct capture_ctx *c, u64 from, u64 to, const u32 max)
{
	bld_begin(c);
	if (to > from && bld_bytes_user(c, from, to - from, max))
		bld_terminate(c);
	bld_end(c);
}

/* exe: the first string of the argument area; args: the others. */
static __always_inline void process_push_exe_args(struct capture_ctx *c, struct task_struct *task)
{
	struct mm_struct *mm = KREAD(task, mm);
	u64 from = KREAD(mm, arg_start), to = KREAD(mm, arg_end);
	u32 exe;

	if (to > from + PROCESS_ARGS_MAX)
		to = from + PROCESS_ARGS_MAX;
	if (!mm || to <= from) {
		push_none(c);
		push_none(c);
		return;
	}
	exe = push_cstr_user(c, from, PROCESS_ARGS_MAX);
	push_strings(c, from + exe, to, PROCESS_ARGS_MAX);
}

static __always_inline void process_push_env(struct capture_ctx *c, struct task_struct *task)
{
	struct mm_struct *mm = KREAD(task, mm);

	push_strings(c, KREAD(mm, env_start), KREAD(mm, env_end), PROCESS_ARGS_MAX);
}

/* tid, pid, ptid, cwd, fdlimit, page faults, memory, comm, cgroups: common to clone and execve. */
static __always_inline void process_push_common(struct capture_ctx *c, struct task_struct *task)
{
	push_s64(c, KREAD(task, pid));
	push_s64(c, KREAD(task, tgid));
	push_s64(c, KREAD(task, real_parent, pid));
	push_cwd(c, task);
	push_u64(c, walk_fd_limit(task));
	push_page_faults(c, task);
	push_mm_sizes(c, task);
	push_cstr_kernel(c, KADDR(task, comm), PROCESS_COMM_MAX);
	push_cgroups(c, task);
}

/* PPM_CL_CHILD_IN_PIDNS: the caller is in a pid namespace, or its children will be in another one than
 * itself. */
static __always_inline u32 process_pidns_bit(struct task_struct *task)
{
	struct pid *pid = KREAD(task, thread_pid);
	struct pid_namespace *own = walk_pid_ns(task);

	if (KREAD(pid, level) || KREAD(task, nsproxy, pid_ns_for_children) != own)
		return PPM_CL_CHILD_IN_PIDNS;
	return 0;
}

/* When the init of the child's pid namespace started, in boot time; 0 on the parent's side. */
static __always_inline u64 process_pidns_start(struct task_struct *task)
{
	struct pid_namespace *ns = walk_pid_ns(task);

	return KREAD(ns, child_reaper, start_boottime);
}

/* struct clone_args begins with its u64 flags; fork and vfork have none. */
static __always_inline u64 process_clone_flags(struct capture_ctx *c)
{
	switch (c->type) {
	case PPME_SYSCALL_CLONE_20_X:
		return arg_clone_flags(c);
	case PPME_SYSCALL_CLONE3_X:
		return user_u64(c, arg(c, 0));
	default:
		return 0;
	}
}

/* The event of clone, clone3, fork or vfork about `task`: the caller, or its child (then the result is 0). */
static __always_inline void process_push_clone(struct capture_ctx *c, struct task_struct *task)
{
	u32 flags = scap_map_clone_flags((u32)process_clone_flags(c));

	push_s64(c, ret(c));
	process_push_exe_args(c, task);
	process_push_common(c, task);
	push_u32(c, flags | process_pidns_bit(task));
	push_u32(c, walk_euid(task));
	push_u32(c, walk_egid(task));
	push_s64(c, walk_vtid(task));
	push_s64(c, walk_vpid(task));
	push_u64(c, ret(c) == 0 ? process_pidns_start(task) : 0);
}

/* One filler for all four, because it is long and their events are alike. */
FILLER(clone)
{
#ifdef CAPTURE_FORK_CHILD_BY_HOOK
	/* The child, of which on_sched_process_fork() has told. */
	if (ret(c) == 0) {
		c->skip = 1;
		return;
	}
#endif
	process_push_clone(c, cur_task());
}

/* The caller's capabilities as they are after the call. */
FILLER(capset)
{
	push_s64(c, ret(c));
	push_capabilities(c, cur_task());
}

/* ---- execve ---- */

/* A pointer of the caller's argv or envp. */
static __always_inline u64 process_argv(struct capture_ctx *c, u64 argv, u32 i)
{
	return user_ulong(c, argv + (u64)i * (c->compat ? 4 : 8));
}

/* Strings that argv[first], … point to, as one parameter. */
static __always_inline void push_argv(struct capture_ctx *c, u64 argv, const u32 first)
{
	bld_begin(c);
	LOOP (i, PROCESS_ARGV_MAX) {
		u64 text = argv ? process_argv(c, argv, i + first) : 0;

		if (i + first >= PROCESS_ARGV_MAX || !text || c->built >= PROCESS_ARGS_MAX)
			break;
		if (!bld_cstr_user(c, text, PROCESS_ARGS_MAX))
			break;
	}
	bld_limit(c, PROCESS_ARGS_MAX);
	bld_end(c);
}

/* What the process is and runs, the same for a successful and a failed execve. */
static __always_inline void process_push_exec_state(struct capture_ctx *c, struct task_struct *task)
{
	struct file *exe = KREAD(task, mm, exe_file);
	struct inode *inode = KREAD(exe, f_inode);

	push_u32(c, walk_tty(task));
	push_s64(c, walk_vpgid(task));
	push_u32(c, walk_loginuid(task));
	push_u32(c, walk_exe_flags(c, task, exe));
	push_capabilities(c, task);
	push_u64(c, KREAD(inode, i_ino));
	push_u64(c, walk_inode_ctime_ns(inode));
	push_u64(c, walk_inode_mtime_ns(inode));
	push_u32(c, walk_euid(task));
	push_file_path(c, exe);
	push_s64(c, walk_pgid(task));
	push_u32(c, walk_egid(task));
}

/* sched_process_exec: args[] = task, old pid, struct linux_binprm. The new image's own memory tells its
 * arguments. */
static __always_inline void fill_exec(struct capture_ctx *c)
{
	struct task_struct *task = cur_task();
	struct linux_binprm *bprm = (struct linux_binprm *)(unsigned long)arg(c, 2);

	push_s64(c, 0);
	process_push_exe_args(c, task);
	process_push_common(c, task);
	process_push_env(c, task);
	process_push_exec_state(c, task);
	push_cstr_kernel(c, KREAD(bprm, filename), CAPTURE_PATH_MAX);
}

/*
 * A failed execve or execveat: the arguments are where the caller has them; without argv, exe is "". Success
 * is reported by sched_process_exec, which knows the new image.
 */
FILLER(execve)
{
	struct task_struct *task = cur_task();
	bool at = c->type == PPME_SYSCALL_EXECVEAT_X;
	u64 argv = at ? arg(c, 2) : arg(c, 1), envp = at ? arg(c, 3) : arg(c, 2);
	u64 exe = argv ? process_argv(c, argv, 0) : 0;

	if (ret(c) >= 0) {
		c->skip = 1;
		return;
	}
	push_s64(c, ret(c));
	if (exe)
		push_cstr_user(c, exe, PROCESS_ARGS_MAX);
	else
		push_u8(c, 0);
	push_argv(c, argv, 1);
	process_push_common(c, task);
	push_argv(c, envp, 0);
	process_push_exec_state(c, task);
	if (!at)
		push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
}

#endif
