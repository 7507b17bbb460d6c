/* SPDX-License-Identifier: Apache-2.0 */
/* A scan of /proc and /etc: scap_scan() of scap.h. */
#ifndef SCAP_OS_SCAN_H
#define SCAP_OS_SCAN_H

#include "lists.h"
#include "os_mounts.h"
#include "os_sockets.h"

#define OS_NET_NAMESPACES 256 /* beyond that, sockets of further ones are not resolved */

/* How the cgroups of all tasks are found. */
enum os_cgroups {
	OS_CGROUPS_NONE, /* there are none */
	OS_CGROUPS_V2,
	OS_CGROUPS_V1, /* also others: /proc alone knows which */
};

struct os_scan {
	struct lists *lists;
	struct scap_scan_info *info;
	uint32_t flags;	   /* enum scap_scan_flags */
	uint64_t deadline; /* CLOCK_MONOTONIC; 0 = none */
	int root_dir, proc_dir;
	bool native;	  /* root_dir is this machine's own root */
	uint64_t boot_ns; /* since the epoch */
	uint64_t tick_ns; /* of /proc/PID/stat */
	uint64_t page_kb;
	uint64_t init_start_ns; /* of process 1, since the epoch */
	unsigned controllers;	/* as os_parse_controllers() */
	enum os_cgroups cgroups;
	struct os_sockets sockets;
	struct os_mounts mounts;
	uint64_t net_namespaces[OS_NET_NAMESPACES];
	size_t net_count;
	uint64_t own_net;
};

/* Threads and fds of one process, or of all. What vanishes meanwhile is left out. */
void os_scan_process(struct os_scan *scan, uint64_t pid);
void os_scan_processes(struct os_scan *scan);

/* The open files of the process whose /proc directory is open; or one of them. */
void os_scan_fds(struct os_scan *scan, int process_dir, uint64_t pid);
void os_scan_fd(struct os_scan *scan, int process_dir, uint64_t pid, uint64_t number);

/* Sockets of a network namespace, by the inode of /proc/PID/ns/net of a process in it, unless they are known.
 */
bool os_scan_knows_sockets(const struct os_scan *scan, uint64_t net_ino);
void os_scan_learn_sockets(struct os_scan *scan, uint64_t net_ino, int process_dir);

/* Users and groups of /etc, and interfaces of this process's network namespace. */
void os_scan_users(struct os_scan *scan);
void os_scan_interfaces(struct os_scan *scan);

/* What a process runs: name, inode, times, layer, and whether it may write to it. */
void os_scan_exe(struct os_scan *scan, int process_dir, const struct os_status *status,
		 struct scap_thread *thread);

/* Count what could not be looked at, by errno. True: for lack of rights, not because it has ended. */
bool os_scan_missed(struct os_scan *scan);

/* os_read_all() of a file that may be missing. Missing memory is another thing: the scan fails. */
bool os_scan_file(struct os_scan *scan, int dir, const char *path, struct os_buffer *file, size_t max);

/* The time that the scan may take is over, or memory is missing. */
bool os_scan_late(struct os_scan *scan);

/* The entries of a directory that are numbers, one after the other. */
struct os_numbers {
	void *dir; /* DIR */
};
bool os_numbers_open(struct os_scan *scan, struct os_numbers *numbers, int dir, const char *path);
bool os_numbers_next(struct os_numbers *numbers, uint64_t *number);
void os_numbers_close(struct os_numbers *numbers);

#endif
