/* SPDX-License-Identifier: Apache-2.0 */
/* Threads as the iterator over tasks tells. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "os_iter.h"
#include "os_process.h"
#include "scap_flagmaps.h"
#include "scap_schema.h"

#define UNLIMITED    UINT64_MAX
#define CGROUPS_ROOM 4096

/* A thread, and what is needed only until all are known. */
struct task {
	struct scap_thread thread;
	uint64_t start_ticks;
	uint64_t ended_min_flt, ended_maj_flt;
	unsigned missing; /* enum os_missing */
};

static uint64_t ticks_of(const struct os_scan *scan, uint64_t ns)
{
	return ns / scan->tick_ns;
}

static bool leads(const struct scap_thread *thread)
{
	return thread->tid == thread->pid;
}

/* In the form that /proc has, for the one function that makes controllers of it. */
static void take_cgroups(struct os_scan *scan, struct os_iter_record *record, struct task *task)
{
	char text[OS_ITER_PATH + 8] = "0::", strings[CGROUPS_ROOM];
	struct os_iter_text path;
	size_t size = 0;

	if (scan->cgroups == OS_CGROUPS_NONE)
		return;
	if (scan->cgroups != OS_CGROUPS_V2 || !os_iter_path(record, ITER_CGROUP, 0, &path)) {
		task->missing |= OS_MISSING_CGROUPS;
		return;
	}
	memcpy(text + 3, path.at, path.size);
	size = os_format_cgroups(text, path.size + 3, scan->controllers, strings, sizeof(strings));
	task->thread.cgroups = lists_text(scan->lists, strings, size);
}

static void take_own(struct os_scan *scan, const struct iter_task *from, struct scap_thread *thread)
{
	thread->tid = (uint64_t)from->tid;
	thread->pid = (uint64_t)from->pid;
	thread->ptid = (uint64_t)from->ppid;
	thread->sid = from->sid;
	thread->pgid = from->pgid;
	thread->vtid = from->vtid;
	thread->vpid = from->vpid;
	thread->vpgid = from->vpgid;
	thread->uid = from->uid;
	thread->gid = from->gid;
	thread->tty = from->tty;
	thread->pfminor = from->min_flt;
	thread->pfmajor = from->maj_flt;
	thread->cap_inheritable = scap_map_capabilities(from->cap_inheritable);
	thread->cap_permitted = scap_map_capabilities(from->cap_permitted);
	thread->cap_effective = scap_map_capabilities(from->cap_effective);
	thread->vmsize_kb = (uint32_t)(from->vm_pages * scan->page_kb);
	thread->vmrss_kb = (uint32_t)(from->rss_pages * scan->page_kb);
	thread->vmswap_kb = (uint32_t)(from->swap_pages * scan->page_kb);
	thread->comm = lists_text(scan->lists, from->comm, strnlen(from->comm, sizeof(from->comm)));
	thread->flags = leads(thread) ? 0 : PPM_CL_CLONE_THREAD | PPM_CL_CLONE_FILES;
	if (from->flags & ITER_NESTED)
		thread->flags |= PPM_CL_CHILD_IN_PIDNS;
}

static void take_exe(struct os_scan *scan, struct os_iter_record *record, struct task *task)
{
	const struct iter_task *from = &record->task;
	struct scap_thread *thread = &task->thread;
	struct os_exe_access access = {.read_only = from->flags & ITER_EXE_READ_ONLY,
				       .cap_effective = from->cap_effective,
				       .owned = from->fsuid == from->exe_uid,
				       .in_group = from->flags & ITER_EXE_IN_GROUP,
				       .mode = from->exe_mode};
	struct os_iter_text path;

	if (!(from->flags & ITER_HAS_EXE))
		return;
	if (os_iter_path(record, ITER_EXE, from->exe_magic, &path))
		thread->exepath = lists_text(scan->lists, path.at, path.size);
	else
		task->missing |= OS_MISSING_EXEPATH;
	thread->exe_ino = from->exe_ino;
	thread->exe_ino_ctime = from->exe_ctime_ns;
	thread->exe_ino_mtime = from->exe_mtime_ns;
	thread->exe_writable = os_exe_writable(&access);
	thread->exe_upper_layer = (from->flags & ITER_EXE_UPPER) != 0;
	thread->exe_lower_layer = (from->flags & ITER_EXE_LOWER) != 0;
	thread->exe_from_memfd = path.size > 7 && memcmp(path.at, "/memfd:", 7) == 0;
}

static struct scap_text take_path(struct os_scan *scan, struct os_iter_record *record, unsigned which,
				  struct task *task, unsigned missing)
{
	struct os_iter_text path;

	if (os_iter_path(record, which, 0, &path))
		return lists_text(scan->lists, path.at, path.size);
	if (path.flags) /* else the task has none: it is ending */
		task->missing |= missing;
	return lists_text(scan->lists, "", 0);
}

static void take_memory(struct os_scan *scan, struct os_iter_record *record, struct task *task)
{
	const struct os_iter_text *args = &record->texts[ITER_ARGS], *env = &record->texts[ITER_ENV];

	os_take_args(scan, args->at, args->size, &task->thread);
	task->thread.env = lists_text(scan->lists, env->at, env->size);
	if (args->flags & ITER_INCOMPLETE)
		task->missing |= OS_MISSING_ARGS;
	if (env->flags & ITER_INCOMPLETE)
		task->missing |= OS_MISSING_ENV;
}

/* What all threads of a process share. */
static void take_shared(struct os_scan *scan, struct os_iter_record *record, struct task *task)
{
	const struct iter_task *from = &record->task;
	struct scap_thread *thread = &task->thread;

	thread->cwd = take_path(scan, record, ITER_CWD, task, OS_MISSING_CWD);
	thread->root = take_path(scan, record, ITER_ROOT, task, OS_MISSING_ROOT);
	thread->fdlimit = from->fd_limit == UNLIMITED ? -1 : (int64_t)from->fd_limit;
	thread->loginuid = from->loginuid;
	thread->pidns_init_start_ts = scan->init_start_ns;
	if (from->flags & ITER_NESTED)
		thread->pidns_init_start_ts =
		    scan->boot_ns + ticks_of(scan, from->ns_start_ns) * scan->tick_ns;
	take_exe(scan, record, task);
	take_memory(scan, record, task);
}

static void take_task(struct os_scan *scan, struct os_iter_record *record, struct array *tasks)
{
	struct task *task = lists_add(scan->lists, tasks, sizeof(*task));

	if (!task)
		return;
	take_own(scan, &record->task, &task->thread);
	task->start_ticks = ticks_of(scan, record->task.start_ns);
	task->ended_min_flt = record->task.ended_min_flt;
	task->ended_maj_flt = record->task.ended_maj_flt;
	take_cgroups(scan, record, task);
	if (leads(&task->thread))
		take_shared(scan, record, task);
}

/* By process; of each, first the thread that it is named after. */
static int by_process(const void *left, const void *right)
{
	const struct scap_thread *a = &((const struct task *)left)->thread;
	const struct scap_thread *b = &((const struct task *)right)->thread;

	if (a->pid != b->pid)
		return a->pid < b->pid ? -1 : 1;
	if (leads(a) != leads(b))
		return leads(a) ? -1 : 1;
	return a->tid < b->tid ? -1 : a->tid > b->tid;
}

static void share(const struct scap_thread *leader, struct scap_thread *thread)
{
	thread->exe = leader->exe;
	thread->exepath = leader->exepath;
	thread->args = leader->args;
	thread->env = leader->env;
	thread->cwd = leader->cwd;
	thread->root = leader->root;
	thread->fdlimit = leader->fdlimit;
	thread->loginuid = leader->loginuid;
	thread->pidns_init_start_ts = leader->pidns_init_start_ts;
	thread->exe_ino = leader->exe_ino;
	thread->exe_ino_ctime = leader->exe_ino_ctime;
	thread->exe_ino_mtime = leader->exe_ino_mtime;
	thread->exe_writable = leader->exe_writable;
	thread->exe_upper_layer = leader->exe_upper_layer;
	thread->exe_lower_layer = leader->exe_lower_layer;
	thread->exe_from_memfd = leader->exe_from_memfd;
}

static void emit(struct os_scan *scan, struct task *task)
{
	struct scap_thread *to;

	if (task->missing)
		os_complete_thread(scan, task->start_ticks, task->missing, &task->thread);
	to = lists_add(scan->lists, &scan->lists->threads, sizeof(*to));
	if (to)
		*to = task->thread;
}

/* /proc/PID/stat counts the faults of all threads together, those of the past included. */
static void sum_faults(struct task *leader, const struct task *others, size_t count)
{
	leader->thread.pfminor += leader->ended_min_flt;
	leader->thread.pfmajor += leader->ended_maj_flt;
	for (size_t i = 0; i < count; i++) {
		leader->thread.pfminor += others[i].thread.pfminor;
		leader->thread.pfmajor += others[i].thread.pfmajor;
	}
}

static void emit_process(struct os_scan *scan, struct task *tasks, size_t count)
{
	if (!leads(&tasks[0].thread)) { /* it came when its process had been passed */
		scan->info->vanished += (uint32_t)count;
		return;
	}
	scan->info->processes++;
	sum_faults(&tasks[0], tasks + 1, count - 1);
	emit(scan, &tasks[0]);
	for (size_t i = 1; i < count && !(scan->flags & SCAP_SCAN_NO_THREADS) && !os_scan_late(scan); i++) {
		share(&tasks[0].thread, &tasks[i].thread);
		emit(scan, &tasks[i]);
	}
}

static void emit_all(struct os_scan *scan, struct task *tasks, size_t count)
{
	size_t next;

	qsort(tasks, count, sizeof(*tasks), by_process);
	for (size_t at = 0; at < count && !os_scan_late(scan); at = next) {
		for (next = at + 1; next < count && tasks[next].thread.pid == tasks[at].thread.pid;)
			next++;
		emit_process(scan, tasks + at, next - at);
	}
}

int os_iter_threads(struct os_scan *scan, struct os_iter *iter, int fd, uint64_t pid, struct scap_error *err)
{
	struct array tasks = {0};
	enum os_iter_status status;

	while ((status = os_iter_next(iter, fd, err)) == OS_ITER_RECORD && !os_scan_late(scan)) {
		const struct os_iter_record *record = &iter->record;

		if (record->kind == ITER_TASK && (!pid || pid == (uint64_t)record->task.pid))
			take_task(scan, &iter->record, &tasks);
	}
	if (status != OS_ITER_FAILED && tasks.count > 0)
		emit_all(scan, tasks.items, tasks.count);
	free(tasks.items);
	return status == OS_ITER_FAILED ? SCAP_FAILURE : SCAP_OK;
}
