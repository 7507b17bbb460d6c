/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks at this machine by iterators and by /proc, with a zoo of processes on it, and compares every field of
 * every thread and fd. For a guest in a virtual machine, as root. Exit status 0: the two agree. 95: there are
 * no iterators here. With "crowd" as the first argument there are so many processes that it is left to
 * libscap to choose; else only for the second scan, when they have been loaded.
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "scap.h"
#include "zoo.h"

struct scan {
	struct scap *scap;
	struct scap_lists lists;
	struct scap_scan_info info;
};

#define CROWD	 600 /* from so many on libscap loads iterators by itself: docs/decisions.md */
#define PATIENCE 120 /* seconds, in an emulated guest */

static int failures;

static double milliseconds(struct timeval time)
{
	return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void scan(const char *what, struct scan *scan, uint32_t source)
{
	struct scap_scan_options options = {.size = sizeof(options), .source = source};
	struct rusage before, after;
	int status;

	getrusage(RUSAGE_SELF, &before);
	status = scap_scan(scan->scap, &options, &scan->info);
	getrusage(RUSAGE_SELF, &after);
	printf("%s: %.1f ms; CPU time user %.1f, system %.1f ms\n", what, (double)scan->info.ns / 1e6,
	       milliseconds(after.ru_utime) - milliseconds(before.ru_utime),
	       milliseconds(after.ru_stime) - milliseconds(before.ru_stime));
	if (status == SCAP_OK)
		status = scap_get_lists(scan->scap, &scan->lists);
	if (status == SCAP_OK) {
		printf("processes from: %s %s\n",
		       scan->info.source == SCAP_SCAN_ITERATORS ? "iterators" : "/proc",
		       scap_scan_reason(scan->scap));
		return;
	}
	printf("scan: %s\n", scap_last_error(scan->scap));
	exit(status == SCAP_NOT_SUPPORTED ? 95 : 1);
}

static void open_scan(struct scan *scan)
{
	struct scap_live_options options = {.size = sizeof(options), .engine = "nodriver"};
	struct scap_error err;

	if (scap_open_live(&options, &scan->scap, &err) == SCAP_OK)
		return;
	printf("open: %s\n", err.text);
	exit(1);
}

/* ---- fields, and how well they have to agree ---- */

enum rule {
	SAME,
	SAME_TEXT,
	KERNEL_NAME, /* of a kernel thread /proc may know more than the 15 bytes that the task has */
	ABOUT,	     /* pages that the kernel counts per CPU, and adds up for one reader only */
	AT_LEAST,    /* counted on: the second scan is the later one */
};

struct field {
	const char *name;
	size_t offset, size;
	enum rule rule;
};

#define THREAD(field, rule)                                                                                  \
	{                                                                                                    \
#field, offsetof(struct scap_thread, field), sizeof(((struct scap_thread *)0)->field), rule  \
	}
#define FD(field, rule)                                                                                      \
	{                                                                                                    \
#field, offsetof(struct scap_fd, field), sizeof(((struct scap_fd *)0)->field), rule          \
	}

static const struct field thread_fields[] = {
    THREAD(tid, SAME),
    THREAD(pid, SAME),
    THREAD(ptid, SAME),
    THREAD(sid, SAME),
    THREAD(vpgid, SAME),
    THREAD(pgid, SAME),
    THREAD(vtid, SAME),
    THREAD(vpid, SAME),
    THREAD(fdlimit, SAME),
    THREAD(pfmajor, AT_LEAST),
    THREAD(pfminor, AT_LEAST),
    THREAD(pidns_init_start_ts, SAME),
    THREAD(cap_inheritable, SAME),
    THREAD(cap_permitted, SAME),
    THREAD(cap_effective, SAME),
    THREAD(exe_ino, SAME),
    THREAD(exe_ino_ctime, SAME),
    THREAD(exe_ino_mtime, SAME),
    THREAD(comm, KERNEL_NAME),
    THREAD(exe, SAME_TEXT),
    THREAD(exepath, SAME_TEXT),
    THREAD(args, SAME_TEXT),
    THREAD(cwd, SAME_TEXT),
    THREAD(env, SAME_TEXT),
    THREAD(cgroups, SAME_TEXT),
    THREAD(root, SAME_TEXT),
    THREAD(flags, SAME),
    THREAD(uid, SAME),
    THREAD(gid, SAME),
    THREAD(loginuid, SAME),
    THREAD(tty, SAME),
    THREAD(vmsize_kb, SAME),
    THREAD(vmrss_kb, ABOUT),
    THREAD(vmswap_kb, ABOUT),
    THREAD(exe_writable, SAME),
    THREAD(exe_upper_layer, SAME),
    THREAD(exe_lower_layer, SAME),
    THREAD(exe_from_memfd, SAME),
};

static const struct field fd_fields[] = {
    FD(tid, SAME),	 FD(fd, SAME),	   FD(ino, SAME),  FD(unix_source, SAME), FD(unix_dest, SAME),
    FD(name, SAME_TEXT), FD(source, SAME), FD(dest, SAME), FD(open_flags, SAME),  FD(dev, SAME),
    FD(sport, SAME),	 FD(dport, SAME),  FD(type, SAME), FD(l4proto, SAME),
};

static uint64_t number(const void *item, const struct field *field)
{
	const uint8_t *at = (const uint8_t *)item + field->offset;
	uint64_t wide;
	uint32_t narrow;

	if (field->size == sizeof(wide))
		return memcpy(&wide, at, sizeof(wide)), wide;
	return memcpy(&narrow, at, sizeof(narrow)), narrow;
}

static struct scap_text text(const void *item, const struct field *field)
{
	struct scap_text text;

	memcpy(&text, (const uint8_t *)item + field->offset, sizeof(text));
	return text;
}

static bool same_text(const struct scan *a, struct scap_text x, const struct scan *b, struct scap_text y,
		      uint32_t size)
{
	return x.size >= size && y.size >= size &&
	       memcmp(a->lists.texts + x.at, b->lists.texts + y.at, size) == 0;
}

/* Without what a worker does just now, which /proc appends: kworker/0:1-events. */
static uint32_t lasting_size(const struct scan *scan, struct scap_text name)
{
	const char *text = (const char *)scan->lists.texts + name.at;
	uint32_t size = 0;
	bool numbered = false;

	if (name.size < 8 || memcmp(text, "kworker/", 8) != 0)
		return name.size;
	for (; size < name.size && !(numbered && strchr("+-", text[size])); size++)
		numbered |= text[size] == ':';
	return size;
}

#define COMM_MAX  15
#define PAGES_OFF 4096 /* KiB: 64 pages of a counter may wait on each of several CPUs, of 4 or 64 KiB */

/* `iterated` was looked at before `read`. */
static bool agree(const struct scan *iterated, const void *x, const struct scan *read, const void *y,
		  const struct field *field)
{
	struct scap_text a, b;
	uint64_t m, n;

	switch (field->rule) {
	case SAME:
		return memcmp((const uint8_t *)x + field->offset, (const uint8_t *)y + field->offset,
			      field->size) == 0;
	case SAME_TEXT:
	case KERNEL_NAME:
		a = text(x, field);
		b = text(y, field);
		if (field->rule == KERNEL_NAME && ((const struct scap_thread *)y)->exepath.size == 0) {
			a.size = lasting_size(iterated, a);
			b.size = lasting_size(read, b);
			if (a.size <= COMM_MAX && b.size > a.size)
				return same_text(iterated, a, read, b, a.size);
		}
		return a.size == b.size && same_text(iterated, a, read, b, a.size);
	case ABOUT:
		m = number(x, field);
		n = number(y, field);
		return m < n + PAGES_OFF && n < m + PAGES_OFF;
	case AT_LEAST:
		return number(x, field) <= number(y, field);
	}
	return false;
}

static void print_value(const struct scan *scan, const void *item, const struct field *field)
{
	const uint8_t *at = (const uint8_t *)item + field->offset;
	struct scap_text shown;

	if (field->rule == SAME_TEXT || field->rule == KERNEL_NAME) {
		shown = text(item, field);
		printf(" \"%.*s\" (%u)", (int)shown.size, scan->lists.texts + shown.at, shown.size);
	} else if (field->size == 8 || field->size == 4) {
		printf(" %" PRId64, (int64_t)number(item, field));
	} else {
		for (size_t i = 0; i < field->size; i++)
			printf(" %02x", at[i]);
	}
}

static void compare(const char *what, const struct scan *iterated, const void *x, const struct scan *read,
		    const void *y, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (agree(iterated, x, read, y, &fields[i]))
			continue;
		failures++;
		printf("%s: %s: iterators", what, fields[i].name);
		print_value(iterated, x, &fields[i]);
		printf("; /proc");
		print_value(read, y, &fields[i]);
		printf("\n");
	}
}

/* ---- lists ---- */

static const struct scap_thread *find_thread(const struct scan *scan, uint64_t tid)
{
	for (size_t i = 0; i < scan->lists.thread_count; i++)
		if (scan->lists.threads[i].tid == tid)
			return &scan->lists.threads[i];
	return NULL;
}

static const struct scap_fd *find_fd(const struct scan *scan, uint64_t tid, int64_t fd)
{
	for (size_t i = 0; i < scan->lists.fd_count; i++)
		if (scan->lists.fds[i].tid == tid && scan->lists.fds[i].fd == fd)
			return &scan->lists.fds[i];
	return NULL;
}

/* Kernel threads come and go; this process's own memory and descriptors are those of its scans. */
static bool comes_and_goes(const struct scap_thread *thread)
{
	return thread->pid == 2 || thread->ptid == 2;
}

static void missing(const char *where, const char *what)
{
	failures++;
	printf("%s: only %s tells of it\n", what, where);
}

static void compare_threads(const struct scan *iterated, const struct scan *read)
{
	char what[128];

	for (size_t i = 0; i < iterated->lists.thread_count; i++) {
		const struct scap_thread *x = &iterated->lists.threads[i], *y = find_thread(read, x->tid);

		snprintf(what, sizeof(what), "thread %" PRIu64 " of %" PRIu64 " (%s)", x->tid, x->pid,
			 iterated->lists.texts + x->comm.at);
		if (y && x->pid != (uint64_t)getpid())
			compare(what, iterated, x, read, y, thread_fields,
				sizeof(thread_fields) / sizeof(*thread_fields));
		else if (!y && !comes_and_goes(x))
			missing("the iterator", what);
	}
	for (size_t i = 0; i < read->lists.thread_count; i++) {
		const struct scap_thread *y = &read->lists.threads[i];

		snprintf(what, sizeof(what), "thread %" PRIu64 " of %" PRIu64, y->tid, y->pid);
		if (!comes_and_goes(y) && !find_thread(iterated, y->tid))
			missing("/proc", what);
	}
}

static void compare_fds(const struct scan *iterated, const struct scan *read)
{
	char what[64];

	for (size_t i = 0; i < iterated->lists.fd_count; i++) {
		const struct scap_fd *x = &iterated->lists.fds[i], *y = find_fd(read, x->tid, x->fd);

		snprintf(what, sizeof(what), "fd %" PRId64 " of %" PRIu64, x->fd, x->tid);
		if (x->tid == (uint64_t)getpid())
			continue;
		if (y)
			compare(what, iterated, x, read, y, fd_fields,
				sizeof(fd_fields) / sizeof(*fd_fields));
		else
			missing("the iterator", what);
	}
	for (size_t i = 0; i < read->lists.fd_count; i++) {
		const struct scap_fd *y = &read->lists.fds[i];

		snprintf(what, sizeof(what), "fd %" PRId64 " of %" PRIu64 " (%s)", y->fd, y->tid,
			 read->lists.texts + y->name.at);
		if (y->tid != (uint64_t)getpid() && !find_fd(iterated, y->tid, y->fd))
			missing("/proc", what);
	}
}

/* What was there to compare: the test wants to see all of it. */
static void print_census(const struct scan *scan)
{
	unsigned of_type[256] = {0};

	for (size_t i = 0; i < scan->lists.fd_count; i++)
		of_type[scan->lists.fds[i].type]++;
	printf("compared %zu threads of %u processes, %zu fds; types", scan->lists.thread_count,
	       scan->info.processes, scan->lists.fd_count);
	for (int type = 0; type < 256; type++)
		if (of_type[type])
			printf(" %d:%u", type, of_type[type]);
	printf("\n");
}

int main(int argc, char **argv)
{
	bool crowded = argc > 1 && strcmp(argv[1], "crowd") == 0;
	struct scan iterated, read;

	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], ZOO_STANDS_STILL) == 0)
			zoo_stand_still();
	setbuf(stdout, NULL);
	alarm(PATIENCE);
	zoo_start(argv[argc - 1]);
	if (crowded)
		zoo_start_crowd(CROWD);
	open_scan(&iterated);
	open_scan(&read);
	scan("iterators, and loading them", &iterated, crowded ? SCAP_SCAN_AUTO : SCAP_SCAN_ITERATORS);
	scan("iterators", &iterated, SCAP_SCAN_AUTO);
	scan("/proc", &read, SCAP_SCAN_PROC);
	compare_threads(&iterated, &read);
	compare_fds(&iterated, &read);
	print_census(&iterated);
	printf("%d differences\n", failures);
	scap_close(iterated.scap);
	scap_close(read.scap);
	return failures > 0;
}
