/* SPDX-License-Identifier: Apache-2.0 */
/* Open files as the iterator over them tells. */
#include <stdio.h>
#include <unistd.h>

#include "os_fd.h"
#include "os_iter.h"

#define MAGIC_PIPE   0x50495045
#define MAGIC_SOCKET 0x534f434b

static int open_process(struct os_scan *scan, uint64_t pid)
{
	char name[24];

	snprintf(name, sizeof(name), "%llu", (unsigned long long)pid);
	return os_open_dir(scan->proc_dir, name);
}

/* What only /proc can name: of namespaces, of file systems that make up names. */
static void ask_proc(struct os_scan *scan, const struct iter_file *file)
{
	int process = open_process(scan, (uint64_t)file->pid);

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
	process = open_process(scan, (uint64_t)file->pid);
	os_scan_learn_sockets(scan, file->net_ns, process);
	if (process >= 0)
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
