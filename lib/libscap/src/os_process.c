/* SPDX-License-Identifier: Apache-2.0 */
/* One process of /proc: its threads, and what they share. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "os_process.h"
#include "scap_schema.h"

#define STATUS_ROOM 16384
#define TEXT_ROOM   4096 /* args with argv[0]; env; cgroups: as drivers send them */
#define PATH_ROOM   4096

static struct scap_text keep(struct os_scan *scan, const void *text, size_t size)
{
	return lists_text(scan->lists, text, size);
}

static struct scap_text link_text(struct os_scan *scan, int dir, const char *name)
{
	char target[PATH_ROOM];
	ssize_t size = os_link(dir, name, target, sizeof(target));

	return keep(scan, target, size > 0 ? (size_t)size : 0);
}

void os_take_args(struct os_scan *scan, const char *text, size_t size, struct scap_thread *thread)
{
	size_t exe = size > 0 ? strnlen(text, size) : 0, rest = exe;

	if (exe < size)
		rest++; /* its NUL */
	thread->exe = keep(scan, text, exe);
	thread->args = keep(scan, size > 0 ? text + rest : "", size - rest);
}

static void take_args(struct os_scan *scan, int dir, struct scap_thread *thread)
{
	char text[TEXT_ROOM + 1];
	ssize_t size = os_read(dir, "cmdline", text, sizeof(text));

	os_take_args(scan, text, size > 0 ? (size_t)size : 0, thread);
}

static void take_environment(struct os_scan *scan, int dir, struct scap_thread *thread)
{
	char text[TEXT_ROOM + 1];
	ssize_t size = os_read(dir, "environ", text, sizeof(text));

	thread->env = keep(scan, text, size > 0 ? (size_t)size : 0);
}

static void take_cgroups(struct os_scan *scan, int dir, struct scap_thread *thread)
{
	char text[STATUS_ROOM], strings[TEXT_ROOM];
	ssize_t size = os_read(dir, "cgroup", text, sizeof(text));

	size = size > 0 ? (ssize_t)os_format_cgroups(text, (size_t)size, scan->controllers, strings,
						     sizeof(strings))
			: 0;
	thread->cgroups = keep(scan, strings, (size_t)size);
}

/* The init of a pid namespace, as the process sees it in its own /proc. */
static uint64_t namespace_start(struct os_scan *scan, int dir, bool nested)
{
	struct scap_thread unused;
	struct os_span comm;
	char text[1024];
	uint64_t ticks;
	ssize_t size;

	if (!nested)
		return scan->init_start_ns;
	size = os_read(dir, "root/proc/1/stat", text, sizeof(text));
	if (size <= 0 || !os_parse_stat(text, (size_t)size, &unused, &comm, &ticks))
		return 0;
	return scan->boot_ns + ticks * scan->tick_ns;
}

/* What status, stat and cgroup of a task's directory say. False: it is gone, or hidden. */
static bool take_task(struct os_scan *scan, int dir, struct scap_thread *thread, struct os_status *status)
{
	char text[STATUS_ROOM];
	struct os_span comm;
	uint64_t ticks;
	ssize_t size = os_read(dir, "status", text, sizeof(text));

	if (size <= 0)
		return false;
	os_parse_status(text, (size_t)size, thread, status);
	size = os_read(dir, "stat", text, sizeof(text));
	if (size <= 0 || !os_parse_stat(text, (size_t)size, thread, &comm, &ticks))
		return false;
	thread->comm = keep(scan, comm.at, (size_t)(comm.end - comm.at));
	if (status->in_pid_namespace)
		thread->flags |= PPM_CL_CHILD_IN_PIDNS;
	take_cgroups(scan, dir, thread);
	return true;
}

/* What all threads of a process share. */
static void take_shared(struct os_scan *scan, int dir, const struct os_status *status,
			struct scap_thread *thread)
{
	char text[STATUS_ROOM];
	ssize_t size;

	take_args(scan, dir, thread);
	take_environment(scan, dir, thread);
	thread->cwd = link_text(scan, dir, "cwd");
	thread->root = link_text(scan, dir, "root");
	size = os_read(dir, "limits", text, sizeof(text));
	thread->fdlimit = os_parse_fd_limit(text, size > 0 ? (size_t)size : 0);
	size = os_read(dir, "loginuid", text, sizeof(text));
	if (size > 0)
		thread->loginuid = (uint32_t)os_number(os_span(text, strcspn(text, "\n")), 10);
	thread->pidns_init_start_ts = namespace_start(scan, dir, status->in_pid_namespace);
	os_scan_exe(scan, dir, status, thread);
}

static void add_thread(struct os_scan *scan, const struct scap_thread *thread)
{
	struct scap_thread *to = lists_add(scan->lists, &scan->lists->threads, sizeof(*to));

	if (to)
		*to = *thread;
}

/* /proc does not tell with which flags a thread was made: all but odd ones share memory and files. */
static void scan_task(struct os_scan *scan, int tasks_dir, uint64_t tid, const struct scap_thread *leader)
{
	struct scap_thread thread = *leader;
	struct os_status status;
	char name[24];
	int dir;

	snprintf(name, sizeof(name), "%llu", (unsigned long long)tid);
	dir = os_open_dir(tasks_dir, name);
	thread.flags = PPM_CL_CLONE_THREAD | PPM_CL_CLONE_FILES;
	if (dir >= 0 && take_task(scan, dir, &thread, &status))
		add_thread(scan, &thread);
	else
		os_scan_missed(scan);
	if (dir >= 0)
		close(dir);
}

static void scan_tasks(struct os_scan *scan, int dir, const struct scap_thread *leader)
{
	struct os_numbers numbers;
	uint64_t tid;
	int tasks = os_open_dir(dir, "task");

	if (tasks >= 0 && os_numbers_open(scan, &numbers, tasks, ".")) {
		while (os_numbers_next(&numbers, &tid) && !os_scan_late(scan))
			if (tid != leader->tid)
				scan_task(scan, tasks, tid, leader);
		os_numbers_close(&numbers);
	}
	if (tasks >= 0)
		close(tasks);
}

static bool scan_leader(struct os_scan *scan, int dir, struct scap_thread *thread)
{
	struct os_status status;

	*thread =
	    (struct scap_thread){.loginuid = UINT32_MAX, .sid = -1, .pgid = -1, .vpgid = -1, .fdlimit = -1};
	if (!take_task(scan, dir, thread, &status))
		return false;
	take_shared(scan, dir, &status, thread);
	return true;
}

void os_scan_process(struct os_scan *scan, uint64_t pid)
{
	struct scap_thread leader;
	char name[24];
	int dir;

	snprintf(name, sizeof(name), "%llu", (unsigned long long)pid);
	dir = os_open_dir(scan->proc_dir, name);
	if (dir >= 0 && scan_leader(scan, dir, &leader)) {
		scan->info->processes++;
		add_thread(scan, &leader);
		if (!(scan->flags & SCAP_SCAN_NO_THREADS))
			scan_tasks(scan, dir, &leader);
		if (!(scan->flags & SCAP_SCAN_NO_FDS))
			os_scan_fds(scan, dir, leader.pid);
	} else {
		os_scan_missed(scan);
	}
	if (dir >= 0)
		close(dir);
}

bool os_same_task(int dir, uint64_t start_ticks)
{
	struct scap_thread unused;
	struct os_span comm;
	char text[1024];
	uint64_t ticks;
	ssize_t size = os_read(dir, "stat", text, sizeof(text));

	return size > 0 && os_parse_stat(text, (size_t)size, &unused, &comm, &ticks) && ticks == start_ticks;
}

void os_complete_thread(struct os_scan *scan, uint64_t start_ticks, unsigned missing,
			struct scap_thread *thread)
{
	char path[64];
	int dir;

	snprintf(path, sizeof(path), "%llu/task/%llu", (unsigned long long)thread->pid,
		 (unsigned long long)thread->tid);
	dir = os_open_dir(scan->proc_dir, path);
	if (dir < 0 || !os_same_task(dir, start_ticks)) {
		os_scan_missed(scan);
	} else {
		if (missing & OS_MISSING_ARGS)
			take_args(scan, dir, thread);
		if (missing & OS_MISSING_ENV)
			take_environment(scan, dir, thread);
		if (missing & OS_MISSING_CWD)
			thread->cwd = link_text(scan, dir, "cwd");
		if (missing & OS_MISSING_ROOT)
			thread->root = link_text(scan, dir, "root");
		if (missing & OS_MISSING_EXEPATH)
			thread->exepath = link_text(scan, dir, "exe");
		if (missing & OS_MISSING_CGROUPS)
			take_cgroups(scan, dir, thread);
	}
	if (dir >= 0)
		close(dir);
}
