/* SPDX-License-Identifier: Apache-2.0 */
/* An open file as /proc or an iterator tells of it, and the entry that it becomes. */
#ifndef SCAP_OS_FD_H
#define SCAP_OS_FD_H

#include "os_scan.h"

struct os_open_file {
	uint64_t pid;
	int64_t number;
	const char *link; /* what /proc/PID/fd/N points at */
	size_t link_size;
	uint64_t ino;
	uint32_t mode;	/* st_mode */
	uint32_t flags; /* O_* of this machine; of os_fd_is_file() alone, as is dev */
	uint32_t dev;	/* as drivers send it */
};

/* Regular files and devices have flags and a device in the list. */
bool os_fd_is_file(const struct os_open_file *file);

void os_add_fd(struct os_scan *scan, const struct os_open_file *file);

#endif
