/* SPDX-License-Identifier: Apache-2.0 */
/* The open files of a process. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "os_scan.h"
#include "scap_flagmaps.h"

#define PATH_ROOM 4096

/* Files without a path: by how their link begins. A name that says no more than the type is left out. */
static const struct {
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

/* An open file while it is looked at. */
struct open_file {
	struct os_scan *scan;
	int fds_dir, infos_dir;
	const struct os_mount_namespace *mounts;
	const char *name; /* its number, as text */
	char link[PATH_ROOM];
	size_t link_size;
	struct stat stat;
};

static void take_socket(const struct open_file *file, struct scap_fd *fd)
{
	struct os_sockets *sockets = &file->scan->sockets;
	const struct scap_fd *found = os_sockets_find(sockets, fd->ino);
	uint64_t tid = fd->tid;
	int64_t number = fd->fd;

	if (!found) {
		file->scan->info->unresolved_sockets++;
		fd->type = SCAP_FD_UNSUPPORTED;
		fd->name = lists_text(file->scan->lists, file->link, file->link_size);
		return;
	}
	*fd = *found;
	fd->tid = tid;
	fd->fd = number;
	if (found->name.size > 0)
		fd->name =
		    lists_text(file->scan->lists, (const char *)sockets->found.texts.items + found->name.at,
			       found->name.size);
	else
		fd->name = lists_text(file->scan->lists, "", 0);
}

static void take_file(const struct open_file *file, struct scap_fd *fd)
{
	uint32_t dev = os_encode_dev(major(file->stat.st_dev), minor(file->stat.st_dev));
	struct os_fdinfo info;
	char text[4096];
	ssize_t size = os_read(file->infos_dir, file->name, text, sizeof(text));

	os_parse_fdinfo(text, size > 0 ? (size_t)size : 0, &info);
	fd->type = SCAP_FD_FILE_V2;
	fd->open_flags = size > 0 ? scap_map_open_flags(info.flags) : 0;
	fd->dev = os_mount_dev(file->mounts, info.mnt_id, dev);
}

static void take_path(const struct open_file *file, struct scap_fd *fd)
{
	switch (file->stat.st_mode & S_IFMT) {
	case S_IFDIR:
		fd->type = SCAP_FD_DIRECTORY;
		break;
	case S_IFIFO:
		fd->type = SCAP_FD_FIFO;
		break;
	case S_IFREG:
	case S_IFCHR:
	case S_IFBLK:
		take_file(file, fd);
		break;
	default:
		fd->type = SCAP_FD_UNSUPPORTED;
	}
	fd->name = lists_text(file->scan->lists, file->link, file->link_size);
}

static void take_fd(const struct open_file *file, struct scap_fd *fd)
{
	fd->ino = file->stat.st_ino;
	if (strncmp(file->link, "socket:[", 8) == 0) {
		take_socket(file, fd);
		return;
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strncmp(file->link, kinds[i].begins, strlen(kinds[i].begins)) == 0) {
			fd->type = kinds[i].type;
			fd->name =
			    lists_text(file->scan->lists, file->link, kinds[i].named ? file->link_size : 0);
			return;
		}
	take_path(file, fd);
}

/* False: no right to look at the process. */
static bool scan_fd(struct open_file *file, uint64_t pid, uint64_t number)
{
	struct scap_fd fd = {.tid = pid, .fd = (int64_t)number}, *to;
	char name[24];
	ssize_t size;

	snprintf(name, sizeof(name), "%llu", (unsigned long long)number);
	file->name = name;
	size = os_link(file->fds_dir, name, file->link, sizeof(file->link));
	if (size < 0 || fstatat(file->fds_dir, name, &file->stat, 0) != 0)
		return !os_scan_missed(file->scan);
	file->link_size = (size_t)size;
	take_fd(file, &fd);
	to = lists_add(file->scan->lists, &file->scan->lists->fds, sizeof(*to));
	if (to)
		*to = fd;
	return true;
}

/* Sockets of the network namespace that a process is in, unless they are known. */
static void learn_sockets(struct os_scan *scan, int process_dir)
{
	struct stat link;
	int net;

	if (fstatat(process_dir, "ns/net", &link, 0) != 0)
		link.st_ino = 0;
	for (size_t i = 0; i < scan->net_count; i++)
		if (scan->net_namespaces[i] == link.st_ino)
			return;
	if (scan->net_count == OS_NET_NAMESPACES)
		return;
	net = os_open_dir(process_dir, "net");
	if (link.st_ino && link.st_ino == scan->own_net)
		os_sockets_ask(&scan->sockets, net);
	else if (net >= 0)
		os_sockets_read(&scan->sockets, net);
	if (net >= 0)
		close(net);
	scan->net_namespaces[scan->net_count++] = link.st_ino;
}

void os_scan_fds(struct os_scan *scan, int process_dir, uint64_t pid)
{
	struct open_file file = {.scan = scan};
	struct os_numbers numbers;
	uint64_t number;

	file.fds_dir = os_open_dir(process_dir, "fd");
	if (file.fds_dir < 0) {
		os_scan_missed(scan);
		return;
	}
	file.infos_dir = os_open_dir(process_dir, "fdinfo");
	file.mounts = os_mounts_of(&scan->mounts, process_dir);
	learn_sockets(scan, process_dir);
	if (os_numbers_open(scan, &numbers, file.fds_dir, ".")) {
		while (os_numbers_next(&numbers, &number) && !os_scan_late(scan))
			if (!scan_fd(&file, pid, number))
				break;
		os_numbers_close(&numbers);
	}
	close(file.fds_dir);
	if (file.infos_dir >= 0)
		close(file.infos_dir);
}
