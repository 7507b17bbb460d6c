/* SPDX-License-Identifier: Apache-2.0 */
/* Parts of a process that the ways to learn of it have in common. */
#ifndef SCAP_OS_PROCESS_H
#define SCAP_OS_PROCESS_H

#include "os_scan.h"

/* argv[0] and the others, from strings that each end in a NUL. */
void os_take_args(struct os_scan *scan, const char *text, size_t size, struct scap_thread *thread);

/* May a task write to the file that it runs? */
struct os_exe_access {
	bool read_only;		/* the file system, or the mount */
	uint64_t cap_effective; /* as the kernel numbers them */
	bool owned, in_group;	/* by or of the task */
	uint32_t mode;
};
bool os_exe_writable(const struct os_exe_access *access);

/* Is it still the task that began then? A number may have passed to another one. */
bool os_same_task(int task_dir, uint64_t start_ticks);

/* What an iterator could not tell of a thread. */
enum os_missing {
	OS_MISSING_ARGS = 1, /* and argv[0] */
	OS_MISSING_ENV = 2,
	OS_MISSING_CWD = 4,
	OS_MISSING_ROOT = 8,
	OS_MISSING_EXEPATH = 16,
	OS_MISSING_CGROUPS = 32,
};

/* Take it from /proc, unless the task has ended meanwhile: then it stays empty. */
void os_complete_thread(struct os_scan *scan, uint64_t start_ticks, unsigned missing,
			struct scap_thread *thread);

#endif
