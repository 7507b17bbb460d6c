/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "os_iter.h"
#include "os_iterators.h"

/* Inode numbers of the initial namespaces, which the kernel never changes: include/linux/proc_ns.h. */
static const struct {
	const char *path, *name;
	uint64_t ino;
} initial[] = {
    {"self/ns/pid", "pid", 0xeffffffc},
    {"self/ns/user", "user", 0xeffffffd},
    {"self/ns/cgroup", "cgroup", 0xeffffffb},
    {"self/ns/time", "time", 0xeffffffa},
};

/* Programs see the ids of the initial namespaces, /proc shows those of its reader. */
static bool in_initial_namespaces(const struct os_scan *scan, struct scap_error *why)
{
	struct stat link;

	for (size_t i = 0; i < sizeof(initial) / sizeof(initial[0]); i++)
		if (fstatat(scan->proc_dir, initial[i].path, &link, 0) == 0 &&
		    link.st_ino != initial[i].ino) {
			scap_fail(why, SCAP_NOT_SUPPORTED,
				  "namespace: this process is not in the initial %s namespace",
				  initial[i].name);
			return false;
		}
	return true;
}

/* Loading takes about as long as /proc takes to tell of this many: docs/decisions.md. */
#define WORTH_LOADING 600

static bool few_processes(struct os_scan *scan)
{
	struct os_numbers numbers;
	uint64_t pid;
	int count = 0;

	if (!os_numbers_open(scan, &numbers, scan->proc_dir, "."))
		return true;
	while (count < WORTH_LOADING && os_numbers_next(&numbers, &pid))
		count++;
	os_numbers_close(&numbers);
	return count < WORTH_LOADING;
}

#ifdef SCAP_ENGINE_MODERN_BPF
static int load(struct os_way *way)
{
	int status = SCAP_NOT_SUPPORTED;

	if (way->iterators)
		return SCAP_OK;
	if (!way->tried)
		status = os_iterators_load(&way->iterators, &way->refused);
	way->tried = true;
	if (status != SCAP_OK)
		way->why = way->refused;
	return status;
}

void os_way_free(struct os_way *way)
{
	os_iterators_unload(way->iterators);
}

typedef int take_records(struct os_scan *scan, struct os_iter *iter, int fd, uint64_t pid,
			 struct scap_error *err);

static int take_all(struct os_scan *scan, struct os_way *way, take_records *take, int fd, uint64_t pid)
{
	struct os_iter *iter;
	int status;

	if (fd < 0)
		return SCAP_FAILURE;
	iter = calloc(1, sizeof(*iter));
	if (!iter)
		status = scap_fail(&way->why, SCAP_FAILURE, "out of memory");
	else
		status = take(scan, iter, fd, pid, &way->why);
	scan->lists->no_memory |= !iter || !iter->bytes;
	if (iter)
		os_iter_end(iter);
	free(iter);
	close(fd);
	return status;
}

static int ask(struct os_scan *scan, struct os_way *way, uint64_t pid)
{
	int status = load(way);

	if (status != SCAP_OK)
		return status;
	status = take_all(scan, way, os_iter_threads, os_iterators_tasks(way->iterators, &way->why), pid);
	if (status == SCAP_OK && !(scan->flags & SCAP_SCAN_NO_FDS))
		status = take_all(scan, way, os_iter_fds, os_iterators_files(way->iterators, &way->why), pid);
	return status;
}
#else
void os_way_free(struct os_way *way)
{
	(void)way;
}

static int ask(struct os_scan *scan, struct os_way *way, uint64_t pid)
{
	(void)scan, (void)pid;
	return scap_fail(&way->why, SCAP_NOT_SUPPORTED, "build: libscap was built without BPF");
}
#endif

int os_iterate(struct os_scan *scan, struct os_way *way, const struct scap_scan_options *options)
{
	int status = SCAP_NOT_SUPPORTED;

	way->why = (struct scap_error){""};
	if (!scan->native)
		scap_fail(&way->why, status, "root: processes are to be read below %s", options->root);
	else if (options->source == SCAP_SCAN_AUTO && options->pid)
		scap_fail(&way->why, status, "pid: one process is had sooner from /proc");
	else if (options->source == SCAP_SCAN_AUTO && !way->iterators && few_processes(scan))
		scap_fail(&way->why, status,
			  "few: less than %d processes are had sooner from /proc than by loading iterators",
			  WORTH_LOADING);
	else if (in_initial_namespaces(scan, &way->why))
		status = ask(scan, way, options->pid);
	if (status == SCAP_OK)
		return status;
	scan->lists->threads.count = scan->lists->fds.count = 0;
	scan->info->processes = scan->info->vanished = scan->info->unresolved_sockets = 0;
	return status;
}
