/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the kernel's iterators can be asked, and if not, why. */
#ifndef SCAP_OS_ITERATORS_H
#define SCAP_OS_ITERATORS_H

#include "os_scan.h"

/* The programs, loaded and attached. They are of the modern_bpf engine's kind, so builds without it have
 * none. */
struct os_iterators;
int os_iterators_load(struct os_iterators **out, struct scap_error *why);
void os_iterators_unload(struct os_iterators *iterators);
/* A descriptor to read records from. -1: `why` tells why. */
int os_iterators_tasks(struct os_iterators *iterators, struct scap_error *why);
int os_iterators_files(struct os_iterators *iterators, struct scap_error *why);

/* What a handle remembers from scan to scan. All 0 at the beginning; os_way_free(). */
struct os_way {
	struct os_iterators *iterators;
	bool tried;
	struct scap_error refused; /* why there are none, if it was tried */
	struct scap_error why;	   /* why the last scan did not ask them; "" if it did */
};

void os_way_free(struct os_way *way);

/*
 * Threads and fds from iterators. SCAP_NOT_SUPPORTED or SCAP_FAILURE: way->why tells why not; the lists of
 * threads and fds are then empty.
 */
int os_iterate(struct os_scan *scan, struct os_way *way, const struct scap_scan_options *options);

#endif
