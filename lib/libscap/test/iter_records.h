/* SPDX-License-Identifier: Apache-2.0 */
/* Records as the iterators of drivers/bpf/iterators write them. */
#ifndef SCAP_TEST_ITER_RECORDS_H
#define SCAP_TEST_ITER_RECORDS_H

#include <string.h>
#include <sys/stat.h>

#include "../../../drivers/bpf/iterators/records.h"
#include "make.h"

#define RECORD_FAULTS	    5
#define RECORD_ENDED_FAULTS 100

static inline void records_add_part(struct bytes *bytes, uint8_t text, uint8_t flags, const char *data,
				    size_t size)
{
	struct iter_part part = {.text = text, .flags = flags, .size = (__u16)size};

	bytes_add(bytes, &part, sizeof(part));
	bytes_add(bytes, data, size);
}

/* /bin/prog, run as "prog -x" in a directory that was removed. */
static inline void records_add_task(struct bytes *bytes, int tid, int pid)
{
	struct iter_task task = {.kind = ITER_TASK,
				 .size = sizeof(task),
				 .tid = tid,
				 .pid = pid,
				 .min_flt = RECORD_FAULTS,
				 .ended_min_flt = RECORD_ENDED_FAULTS,
				 .flags = ITER_HAS_EXE,
				 .comm = "prog"};

	bytes_add(bytes, &task, sizeof(task));
	records_add_part(bytes, ITER_CGROUP, 0, "web", 3);
	records_add_part(bytes, ITER_CGROUP, ITER_WHOLE, "", 0);
	records_add_part(bytes, ITER_EXE, 0, "prog", 4);
	records_add_part(bytes, ITER_EXE, 0, "bin", 3);
	records_add_part(bytes, ITER_EXE, ITER_WHOLE, "", 0);
	records_add_part(bytes, ITER_CWD, 0, "home", 4);
	records_add_part(bytes, ITER_CWD, ITER_WHOLE | ITER_DELETED, "", 0);
	records_add_part(bytes, ITER_ROOT, ITER_WHOLE, "", 0);
	records_add_part(bytes, ITER_ARGS, 0, "prog\0-x", 8);
	records_add_part(bytes, ITER_ENV, 0, "A=1", 4);
	records_add_part(bytes, ITER_END, 0, "", 0);
}

static inline void records_begin_file(struct bytes *bytes, int pid, int fd, uint32_t magic)
{
	struct iter_file file = {.kind = ITER_FILE,
				 .size = sizeof(file),
				 .pid = pid,
				 .fd = fd,
				 .ino = 77,
				 .mode = S_IFREG | 0600,
				 .flags = 1,
				 .magic = magic};

	bytes_add(bytes, &file, sizeof(file));
}

/* /etc/passwd, whatever file system that is on. */
static inline void records_add_file(struct bytes *bytes, int pid, int fd, uint32_t magic)
{
	records_begin_file(bytes, pid, fd, magic);
	records_add_part(bytes, ITER_PATH, 0, "passwd", 6);
	records_add_part(bytes, ITER_PATH, 0, "etc", 3);
	records_add_part(bytes, ITER_PATH, ITER_WHOLE, "", 0);
	records_add_part(bytes, ITER_END, 0, "", 0);
}

#endif
