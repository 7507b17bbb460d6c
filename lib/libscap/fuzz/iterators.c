/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the iterators over tasks and open files write: the first byte says which of the two is read. Records
 * lie inside of the input, texts inside of their records or their own room, and whoever refuses says why.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "../src/os_iter.h"
#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool inside(const struct os_iter_text *text, const void *room, size_t size)
{
	const char *from = room;

	return text->at >= from && text->size <= size && text->at + text->size <= from + size;
}

static void check_texts(struct os_iter_record *record, const uint8_t *bytes, size_t size)
{
	struct os_iter_text path;

	for (unsigned i = OS_ITER_PATHS; i < OS_ITER_TEXTS; i++)
		PROMISE(!record->texts[i].at || inside(&record->texts[i], bytes, size));
	for (unsigned i = 0; i < OS_ITER_PATHS; i++) {
		uint32_t magic = record->kind == ITER_TASK ? record->task.exe_magic : record->file.magic;

		if (!os_iter_path(record, i, magic, &path))
			continue;
		PROMISE(inside(&path, record->paths[i], OS_ITER_PATH - 1));
		PROMISE(path.size > 0 && path.at[path.size] == 0);
	}
}

static void parse_all(const uint8_t *data, size_t size)
{
	struct os_iter_record *record = calloc(1, sizeof(*record));
	ssize_t got;

	while ((got = os_iter_parse(data, size, record)) > 0) {
		PROMISE((size_t)got <= size);
		check_texts(record, data, (size_t)got);
		data += got;
		size -= (size_t)got;
	}
	free(record);
}

/* The descriptor of nothing for /proc: what it would have to complete has ended. */
static void scan_all(bool tasks, int fd)
{
	struct lists lists = {0};
	struct scap_scan_info info = {0};
	struct os_scan *scan = calloc(1, sizeof(*scan));
	struct os_iter *iter = calloc(1, sizeof(*iter));
	struct scap_error err = {""};
	int status;

	*scan = (struct os_scan){.lists = &lists,
				 .info = &info,
				 .root_dir = -1,
				 .proc_dir = -1,
				 .tick_ns = 10000000,
				 .page_kb = 4,
				 .cgroups = OS_CGROUPS_V2};
	status = tasks ? os_iter_threads(scan, iter, fd, 0, &err) : os_iter_fds(scan, iter, fd, 0, &err);
	PROMISE(status == SCAP_OK || err.text[0]);
	PROMISE(tasks ? lists.fds.count == 0 : lists.threads.count == 0);
	os_iter_end(iter);
	os_sockets_free(&scan->sockets);
	os_mounts_free(&scan->mounts);
	lists_free(&lists);
	free(iter);
	free(scan);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd;

	if (size == 0)
		return 0;
	parse_all(data + 1, size - 1);
	fd = memfd_create("records", MFD_CLOEXEC);
	PROMISE(fd >= 0);
	PROMISE(write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
	PROMISE(lseek(fd, 0, SEEK_SET) == 0);
	scan_all(data[0] & 1, fd);
	close(fd);
	return 0;
}
