/* SPDX-License-Identifier: Apache-2.0 */
/* Processes that make events as fast as they can, and count them. */
#ifndef AGENT_LOAD_TEST_H
#define AGENT_LOAD_TEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cgroup.h"

#define MAX_WRITERS	  64u
#define MAX_PAYLOAD_BYTES 4096u
#define MIN_PAYLOAD_BYTES 16u

struct load {
	uint32_t writers;
	uint32_t writes;	/* by each writer */
	uint32_t payload_bytes; /* u32 magic, u32 writer, u64 sequence from 0, then bytes (sequence + index) &
				   255 */
	bool hammer;		/* another process updates a BPF map without pause, out of scope */
};
#define LOAD_MAGIC 0x44414f4cu

/* Shared with the processes. */
struct load_counts {
	uint64_t sent[MAX_WRITERS]; /* writes that returned the payload's length */
	uint64_t updates;	    /* by the hammer */
	uint32_t finished;	    /* writers that are done */
	uint32_t failed;	    /* writers and hammers that could not begin */
};

struct load_run {
	struct load_counts *counts;
	int gate; /* closing it lets everyone begin */
};

/* Make the processes, writers inside of the cgroup, all waiting at the gate. 0 or -errno; load_free() either
 * way. */
int load_prepare(const struct load *load, const struct cgroup *cgroup, struct load_run *run);
void load_begin(struct load_run *run);
void load_free(struct load_run *run);

#endif
