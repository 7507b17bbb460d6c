/* SPDX-License-Identifier: Apache-2.0 */
/* Open files as the iterator over them tells. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "os_fd.h"
#include "os_iter.h"
#include "os_process.h"

#define MAGIC_PIPE   0x50495045
#define MAGIC_SOCKET 0x534f434b

/* The directory of the process that had the file, not of one that has its number now. */
static int open_process(const struct os_scan *scan, const struct iter_file *file)
{
	char name[24];
	int dir;

	snprintf(name, sizeof(name), "%d", file->pid);
	dir = os_open_dir(scan->proc_dir, name);
	if (dir < 0 || os_same_task(dir, file->start_ns / scan->tick_ns))
		return dir;
	close(dir);
	errno = ESRCH;
	return -1;
}

/* What only /proc can name: of namespaces, of file systems that make up names. */
static void ask_proc(struct os_scan *scan, const struct iter_file *file)
{
	int process = open_process(scan, file);

	if (process < 0) {
		os_scan_missed(scan);
		return;
	}
	os_scan_fd(scan, process, (uint64_t)file->pid, (uint64_t)file->fd);
	close(process);
}

static void learn_sockets(struct os_scan *scan, const struct iter_file *file)
{
	int process;

	if (os_scan_knows_sockets(scan, file->net_ns))
		return;
	process = open_process(scan, file);
	if (process < 0)
		return; /* another one of its namespace may still be there */
	os_scan_learn_sockets(scan, file->net_ns, process);
	close(process);
}

static void take_file(struct os_scan *scan, struct os_iter_record *record)
{
	const struct iter_file *from = &record->file;
	struct os_open_file file = {.pid = (uint64_t)from->pid,
				    .number = from->fd,
				    .ino = from->ino,
				    .mode = from->mode,
				    .flags = from->flags,
				    .dev = from->dev};
	struct os_iter_text path;
	char made[40];

	if (from->magic == MAGIC_SOCKET || from->magic == MAGIC_PIPE) {
		file.link = made;
		file.link_size = (size_t)snprintf(made, sizeof(made), "%s:[%llu]",
						  from->magic == MAGIC_PIPE ? "pipe" : "socket",
						  (unsigned long long)from->ino);
	} else if (os_iter_path(record, ITER_PATH, from->magic, &path)) {
		file.link = path.at;
		file.link_size = path.size;
	} else {
		ask_proc(scan, from);
		return;
	}
	if (from->magic == MAGIC_SOCKET)
		learn_sockets(scan, from);
	os_add_fd(scan, &file);
}

int os_iter_fds(struct os_scan *scan, struct os_iter *iter, int fd, uint64_t pid, struct scap_error *err)
{
	enum os_iter_status status;

	while ((status = os_iter_next(iter, fd, err)) == OS_ITER_RECORD && !os_scan_late(scan)) {
		const struct os_iter_record *record = &iter->record;

		if (record->kind == ITER_FILE && (!pid || pid == (uint64_t)record->file.pid))
			take_file(scan, &iter->record);
	}
	return status == OS_ITER_FAILED ? SCAP_FAILURE : SCAP_OK;
}
