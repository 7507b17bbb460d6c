/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel's iterators over tasks and open files write, drivers/bpf/iterators/records.h. The stream is
 * input: whatever it holds, no byte outside of it is touched.
 */
#ifndef SCAP_OS_ITER_H
#define SCAP_OS_ITER_H

#include "../../../drivers/bpf/iterators/records.h"
#include "os_scan.h"

#define OS_ITER_TEXTS (ITER_ENV + 1)
#define OS_ITER_PATHS ITER_ARGS /* the texts before it are paths */
#define OS_ITER_PATH  4096	/* longer ones are left to /proc, which refuses them */

struct os_iter_record {
	union {
		__u32 kind; /* enum iter_kind */
		struct iter_task task;
		struct iter_file file;
	};
	struct os_iter_text {
		const char *at; /* valid until the next record; a path has a NUL behind it */
		size_t size;
		uint8_t flags; /* enum iter_part_flags; without ITER_WHOLE and ITER_INCOMPLETE a path is not
				  there */
	} texts[OS_ITER_TEXTS];
	char paths[OS_ITER_PATHS][OS_ITER_PATH];
};

/* One record at the beginning of these bytes. Its size; 0: more bytes are needed; -1: no iterator writes
 * that. */
ssize_t os_iter_parse(const uint8_t *bytes, size_t size, struct os_iter_record *record);

/* Records read from a descriptor. All 0 at the beginning; os_iter_end(). */
struct os_iter {
	uint8_t *bytes;
	size_t at, end;
	struct os_iter_record record;
};
enum os_iter_status { OS_ITER_RECORD, OS_ITER_END, OS_ITER_FAILED };

/* The next one is in iter->record. OS_ITER_FAILED: `err` tells why. */
enum os_iter_status os_iter_next(struct os_iter *iter, int fd, struct scap_error *err);
void os_iter_end(struct os_iter *iter);

/* A path as readlink(2) of /proc gives it, in the record's memory. False: it is not complete, or there is
 * none. */
bool os_iter_path(struct os_iter_record *record, unsigned which, uint32_t magic, struct os_iter_text *path);

/* Threads, and fds, of all these records, or only of process `pid` (0: of all). What the records lack is read
 * from /proc. */
int os_iter_threads(struct os_scan *scan, struct os_iter *iter, int fd, uint64_t pid, struct scap_error *err);
int os_iter_fds(struct os_scan *scan, struct os_iter *iter, int fd, uint64_t pid, struct scap_error *err);

#endif
