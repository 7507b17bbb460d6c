/* SPDX-License-Identifier: Apache-2.0 */
/* The open files of a process, from /proc. */
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "os_fd.h"

#define PATH_ROOM 4096

/* Where a process's files are looked at. */
struct places {
	int fds_dir, infos_dir;
	const struct os_mount_namespace *mounts;
};

static void take_info(const struct places *places, const char *name, const struct stat *stat,
		      struct os_open_file *file)
{
	struct os_fdinfo info;
	char text[4096];
	ssize_t size = os_read(places->infos_dir, name, text, sizeof(text));

	os_parse_fdinfo(text, size > 0 ? (size_t)size : 0, &info);
	file->flags = info.flags;
	file->dev = os_mount_dev(places->mounts, info.mnt_id,
				 os_encode_dev(major(stat->st_dev), minor(stat->st_dev)));
}

/* False: no right to look at the process. */
static bool scan_fd(struct os_scan *scan, const struct places *places, uint64_t pid, uint64_t number)
{
	struct os_open_file file = {.pid = pid, .number = (int64_t)number};
	char name[24], link[PATH_ROOM];
	struct stat stat;
	ssize_t size;

	snprintf(name, sizeof(name), "%llu", (unsigned long long)number);
	size = os_link(places->fds_dir, name, link, sizeof(link));
	if (size < 0 || fstatat(places->fds_dir, name, &stat, 0) != 0)
		return !os_scan_missed(scan);
	file.link = link;
	file.link_size = (size_t)size;
	file.ino = stat.st_ino;
	file.mode = stat.st_mode;
	if (os_fd_is_file(&file))
		take_info(places, name, &stat, &file);
	os_add_fd(scan, &file);
	return true;
}

bool os_scan_knows_sockets(const struct os_scan *scan, uint64_t net_ino)
{
	for (size_t i = 0; i < scan->net_count; i++)
		if (scan->net_namespaces[i] == net_ino)
			return true;
	return scan->net_count == OS_NET_NAMESPACES; /* no more are looked at */
}

void os_scan_learn_sockets(struct os_scan *scan, uint64_t net_ino, int process_dir)
{
	int net;

	if (os_scan_knows_sockets(scan, net_ino))
		return;
	net = os_open_dir(process_dir, "net");
	if (net_ino && net_ino == scan->own_net)
		os_sockets_ask(&scan->sockets, net);
	else if (net >= 0)
		os_sockets_read(&scan->sockets, net);
	if (net >= 0)
		close(net);
	scan->net_namespaces[scan->net_count++] = net_ino;
}

static bool open_places(struct os_scan *scan, int process_dir, struct places *places)
{
	places->fds_dir = os_open_dir(process_dir, "fd");
	if (places->fds_dir < 0) {
		os_scan_missed(scan);
		return false;
	}
	places->infos_dir = os_open_dir(process_dir, "fdinfo");
	places->mounts = os_mounts_of(&scan->mounts, process_dir);
	return true;
}

static void close_places(const struct places *places)
{
	close(places->fds_dir);
	if (places->infos_dir >= 0)
		close(places->infos_dir);
}

void os_scan_fds(struct os_scan *scan, int process_dir, uint64_t pid)
{
	struct places places;
	struct os_numbers numbers;
	struct stat net;
	uint64_t number;

	if (!open_places(scan, process_dir, &places))
		return;
	os_scan_learn_sockets(scan, fstatat(process_dir, "ns/net", &net, 0) == 0 ? net.st_ino : 0,
			      process_dir);
	if (os_numbers_open(scan, &numbers, places.fds_dir, ".")) {
		while (os_numbers_next(&numbers, &number) && !os_scan_late(scan))
			if (!scan_fd(scan, &places, pid, number))
				break;
		os_numbers_close(&numbers);
	}
	close_places(&places);
}

void os_scan_fd(struct os_scan *scan, int process_dir, uint64_t pid, uint64_t number)
{
	struct places places;

	if (!open_places(scan, process_dir, &places))
		return;
	scan_fd(scan, &places, pid, number);
	close_places(&places);
}
