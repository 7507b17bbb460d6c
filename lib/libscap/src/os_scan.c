/* SPDX-License-Identifier: Apache-2.0 */
/* scap_scan(): what is looked at, and for how long. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "error.h"
#include "handle.h"
#include "os_scan.h"

#define TIMEOUT_DEFAULT_NS (30ull * 1000 * 1000 * 1000)

bool os_numbers_open(struct os_scan *scan, struct os_numbers *numbers, int dir, const char *path)
{
	int fd = os_open_dir(dir, path);

	numbers->dir = fd >= 0 ? fdopendir(fd) : NULL;
	scan->lists->no_memory |= !numbers->dir && errno == ENOMEM;
	if (!numbers->dir && fd >= 0)
		close(fd);
	return numbers->dir != NULL;
}

bool os_numbers_next(struct os_numbers *numbers, uint64_t *number)
{
	const struct dirent *entry;

	while ((entry = readdir(numbers->dir))) {
		size_t size = strspn(entry->d_name, "0123456789");

		if (size == 0 || entry->d_name[size])
			continue;
		*number = os_number(os_span(entry->d_name, size), 10);
		return true;
	}
	return false;
}

void os_numbers_close(struct os_numbers *numbers)
{
	closedir(numbers->dir);
}

bool os_scan_missed(struct os_scan *scan)
{
	bool hidden = errno == EACCES || errno == EPERM;

	if (hidden)
		scan->info->unreadable++;
	else
		scan->info->vanished++;
	return hidden;
}

bool os_scan_file(struct os_scan *scan, int dir, const char *path, struct os_buffer *file, size_t max)
{
	bool good = os_read_all(dir, path, file, max);

	scan->lists->no_memory |= !good && errno == ENOMEM;
	return good;
}

/* Each of the three notes it for itself. */
static bool no_memory(const struct os_scan *scan)
{
	return scan->lists->no_memory || scan->sockets.found.no_memory || scan->mounts.no_memory;
}

bool os_scan_late(struct os_scan *scan)
{
	if (!scan->info->truncated && scan->deadline && clock_ns(CLOCK_MONOTONIC) > scan->deadline)
		scan->info->truncated = 1;
	return scan->info->truncated || no_memory(scan);
}

void os_scan_processes(struct os_scan *scan)
{
	struct os_numbers numbers;
	uint64_t pid;

	if (!os_numbers_open(scan, &numbers, scan->proc_dir, "."))
		return;
	while (!os_scan_late(scan) && os_numbers_next(&numbers, &pid))
		os_scan_process(scan, pid);
	os_numbers_close(&numbers);
}

/* Every process has a line for each hierarchy that there is; that of v2 begins with 0. */
static enum os_cgroups cgroups_in(struct os_span text)
{
	struct os_span line;

	if (!os_line(&text, &line))
		return OS_CGROUPS_NONE;
	return os_begins(line, "0::") && text.at == text.end ? OS_CGROUPS_V2 : OS_CGROUPS_V1;
}

/* What is the same for all processes. */
static void look_at_machine(struct os_scan *scan)
{
	struct scap_thread unused;
	struct os_buffer file = {0};
	struct os_span comm;
	struct stat link;
	uint64_t ticks;

	scan->tick_ns = 1000000000ull / (uint64_t)sysconf(_SC_CLK_TCK);
	scan->page_kb = (uint64_t)sysconf(_SC_PAGESIZE) / 1024;
	if (os_scan_file(scan, scan->proc_dir, "stat", &file, 16 << 20))
		scan->boot_ns = os_parse_boot_time(file.data, file.size) * 1000000000ull;
	if (os_scan_file(scan, scan->proc_dir, "1/stat", &file, 4096) &&
	    os_parse_stat(file.data, file.size, &unused, &comm, &ticks))
		scan->init_start_ns = scan->boot_ns + ticks * scan->tick_ns;
	if (os_scan_file(scan, scan->proc_dir, "cgroups", &file, 65536))
		scan->controllers = os_parse_controllers(file.data, file.size);
	if (os_scan_file(scan, scan->proc_dir, "self/cgroup", &file, 65536))
		scan->cgroups = cgroups_in(os_span(file.data, file.size));
	if (scan->native && fstatat(scan->proc_dir, "self/ns/net", &link, 0) == 0)
		scan->own_net = link.st_ino;
	free(file.data);
}

static int open_root(struct os_scan *scan, const char *root, struct scap_error *err)
{
	scan->root_dir = os_open_dir(AT_FDCWD, root);
	if (scan->root_dir < 0)
		return scap_fail(err, SCAP_FAILURE, "cannot open %s: %s", root, strerror(errno));
	scan->proc_dir = os_open_dir(scan->root_dir, "proc");
	if (scan->proc_dir < 0)
		return scap_fail(err, SCAP_FAILURE, "cannot open proc of %s: %s", root, strerror(errno));
	return SCAP_OK;
}

static int take_options(const struct scap_scan_options *given, struct scap_scan_options *options,
			struct scap_error *err)
{
	*options = (struct scap_scan_options){.size = sizeof(*options)};
	if (!given)
		return SCAP_OK;
	if (given->size < offsetof(struct scap_scan_options, root))
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "scap_scan_options: size %u is too small to be right", given->size);
	memcpy(options, given, given->size < sizeof(*options) ? given->size : sizeof(*options));
	if (options->source > SCAP_SCAN_ITERATORS)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "scap_scan_options: source %u is unknown",
				 options->source);
	return SCAP_OK;
}

/* By iterators if that is wanted and possible; else from /proc. */
static int look_at_processes(struct os_scan *scan, const struct scap_scan_options *options,
			     struct os_way *way, struct scap_error *err)
{
	way->why = (struct scap_error){""};
	if (options->source != SCAP_SCAN_PROC && os_iterate(scan, way, options) == SCAP_OK) {
		scan->info->source = SCAP_SCAN_ITERATORS;
		return SCAP_OK;
	}
	if (options->source == SCAP_SCAN_ITERATORS)
		return scap_fail(err, SCAP_NOT_SUPPORTED, "iterators: %s", way->why.text);
	scan->info->source = SCAP_SCAN_PROC;
	if (options->pid)
		os_scan_process(scan, options->pid);
	else
		os_scan_processes(scan);
	return SCAP_OK;
}

static int run(struct os_scan *scan, const struct scap_scan_options *options, struct os_way *way,
	       struct scap_error *err)
{
	const char *root = options->root ? options->root : "/";
	int status = open_root(scan, root, err);

	if (status != SCAP_OK)
		return status;
	scan->native = strcmp(root, "/") == 0;
	look_at_machine(scan);
	if (!(scan->flags & SCAP_SCAN_NO_MACHINE)) {
		os_scan_users(scan);
		if (scan->native)
			os_scan_interfaces(scan);
	}
	status = look_at_processes(scan, options, way, err);
	if (no_memory(scan))
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	if (status == SCAP_OK && options->pid && scan->lists->threads.count == 0)
		return scap_fail(err, SCAP_NOT_FOUND, "there is no process %llu",
				 (unsigned long long)options->pid);
	return status;
}

static void finish(struct os_scan *scan, uint64_t start)
{
	scan->info->threads = (uint32_t)scan->lists->threads.count;
	scan->info->fds = (uint32_t)scan->lists->fds.count;
	scan->info->ns = clock_ns(CLOCK_MONOTONIC) - start;
	if (scan->proc_dir >= 0)
		close(scan->proc_dir);
	if (scan->root_dir >= 0)
		close(scan->root_dir);
	os_sockets_free(&scan->sockets);
	os_mounts_free(&scan->mounts);
}

int scap_scan(struct scap *scap, const struct scap_scan_options *given, struct scap_scan_info *info)
{
	uint64_t start = clock_ns(CLOCK_MONOTONIC), patience;
	struct scap_scan_options options;
	struct scap_scan_info unwanted;
	struct os_scan *scan;
	int status = take_options(given, &options, &scap->error);

	if (status == SCAP_OK && scap->reader)
		status = scap_fail(&scap->error, SCAP_NOT_SUPPORTED,
				   "a file has the lists that it was written with");
	if (status != SCAP_OK)
		return status;
	scan = calloc(1, sizeof(*scan));
	if (!scan)
		return scap_fail(&scap->error, SCAP_FAILURE, "out of memory");
	scan->lists = &scap->scanned;
	scan->info = info ? info : &unwanted;
	*scan->info = (struct scap_scan_info){0};
	scan->flags = options.flags;
	scan->root_dir = scan->proc_dir = -1;
	patience = options.timeout_ns ? options.timeout_ns : TIMEOUT_DEFAULT_NS;
	scan->deadline = patience < UINT64_MAX - start ? start + patience : 0;
	scap->scanned.no_memory = false;
	lists_clear(&scap->scanned);
	status = run(scan, &options, &scap->way, &scap->error);
	finish(scan, start);
	free(scan);
	scap->have_scan = status == SCAP_OK;
	return status;
}

const char *scap_scan_reason(const struct scap *scap)
{
	return scap->way.why.text;
}
