/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What each CPU has while a consumer holds the device: a ring, a context for each level of hooks, counters.
 */
#ifndef SCAPYARD_PERCPU_H
#define SCAPYARD_PERCPU_H

#include <linux/percpu.h>
#include <linux/types.h>
#include "../capture/abi.h"
#include "../capture/context.h"
#include "ring.h"

struct cpu_slot {
	struct capture_ctx ctx;
	struct cpu_slot *outer;		  /* whom this one interrupted */
	struct capture_counters counters; /* its own, as another slot may interrupt an increment */
};

struct cpu_state {
	struct ring *ring;	  /* NULL: there was no memory for it when this CPU came online */
	struct cpu_slot *slots;	  /* CAPTURE_SLOTS of them; NULL like ring */
	struct cpu_slot *running; /* the innermost one that is in use */
	u32 paused;		  /* dropping mode leaves out this CPU's events now */
	u64 lost_busy;
	u64 lost_no_ring;
};

DECLARE_PER_CPU(struct cpu_state, scapyard_cpus);

/* Set up a CPU (-ENOMEM: it has nothing), or give back what it has. No hook may run there. */
int cpu_state_create(int cpu, u64 ring_bytes);
void cpu_state_destroy(int cpu);
/* Empty ring, zero counters. No hook may be recording. */
void cpu_state_reset(int cpu);
void cpu_state_counters(int cpu, struct capture_counters *sum);

#endif
