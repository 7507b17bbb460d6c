/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>
#include <sys/stat.h>

#include "os_fd.h"
#include "scap_flagmaps.h"

/* Files without a path: by how their link begins. A name that says no more than the type is left out. */
static const struct kind {
	const char *begins;
	uint8_t type;
	bool named;
} kinds[] = {
    {"pipe:[", SCAP_FD_FIFO, true},
    {"anon_inode:[eventfd]", SCAP_FD_EVENT, false},
    {"anon_inode:[eventpoll]", SCAP_FD_EVENTPOLL, false},
    {"anon_inode:inotify", SCAP_FD_INOTIFY, false},
    {"anon_inode:[signalfd]", SCAP_FD_SIGNALFD, false},
    {"anon_inode:[timerfd]", SCAP_FD_TIMERFD, false},
    {"anon_inode:bpf-map", SCAP_FD_BPF, false},
    {"anon_inode:bpf-prog", SCAP_FD_BPF, false},
    {"anon_inode:[userfaultfd]", SCAP_FD_USERFAULTFD, false},
    {"anon_inode:[io_uring]", SCAP_FD_IO_URING, false},
    {"anon_inode:[pidfd]", SCAP_FD_PIDFD, false},
    {"pidfd:[", SCAP_FD_PIDFD, false},
    {"/memfd:", SCAP_FD_MEMFD, true},
    {"anon_inode:", SCAP_FD_UNSUPPORTED, true},
};

static bool begins(const struct os_open_file *file, const char *text)
{
	return strncmp(file->link, text, strlen(text)) == 0;
}

/* NULL: a socket, or something with a path. */
static const struct kind *kind_of(const struct os_open_file *file)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (begins(file, kinds[i].begins))
			return &kinds[i];
	return NULL;
}

static bool is_socket(const struct os_open_file *file)
{
	return begins(file, "socket:[");
}

bool os_fd_is_file(const struct os_open_file *file)
{
	uint32_t format = file->mode & S_IFMT;

	return (format == S_IFREG || format == S_IFCHR || format == S_IFBLK) && !is_socket(file) &&
	       !kind_of(file);
}

static void take_socket(struct os_scan *scan, const struct os_open_file *file, struct scap_fd *fd)
{
	struct os_sockets *sockets = &scan->sockets;
	const struct scap_fd *found = os_sockets_find(sockets, fd->ino);

	if (!found) {
		scan->info->unresolved_sockets++;
		fd->type = SCAP_FD_UNSUPPORTED;
		fd->name = lists_text(scan->lists, file->link, file->link_size);
		return;
	}
	*fd = *found;
	fd->tid = file->pid;
	fd->fd = file->number;
	if (found->name.size > 0)
		fd->name = lists_text(scan->lists, (const char *)sockets->found.texts.items + found->name.at,
				      found->name.size);
	else
		fd->name = lists_text(scan->lists, "", 0);
}

static uint8_t type_of_path(const struct os_open_file *file)
{
	switch (file->mode & S_IFMT) {
	case S_IFDIR:
		return SCAP_FD_DIRECTORY;
	case S_IFIFO:
		return SCAP_FD_FIFO;
	default:
		return os_fd_is_file(file) ? SCAP_FD_FILE_V2 : SCAP_FD_UNSUPPORTED;
	}
}

static void take_named(struct os_scan *scan, const struct os_open_file *file, struct scap_fd *fd)
{
	const struct kind *kind = kind_of(file);

	fd->type = kind ? kind->type : type_of_path(file);
	fd->name = lists_text(scan->lists, file->link, !kind || kind->named ? file->link_size : 0);
	if (fd->type != SCAP_FD_FILE_V2)
		return;
	fd->open_flags = scap_map_open_flags(file->flags);
	fd->dev = file->dev;
}

void os_add_fd(struct os_scan *scan, const struct os_open_file *file)
{
	struct scap_fd fd = {.tid = file->pid, .fd = file->number, .ino = file->ino}, *to;

	if (is_socket(file))
		take_socket(scan, file, &fd);
	else
		take_named(scan, file, &fd);
	to = lists_add(scan->lists, &scan->lists->fds, sizeof(*to));
	if (to)
		*to = fd;
}
