/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which CPUs have a ring, and what all of them have in common. A ring stays until the end, also when its CPU
 * goes offline: what is in it can still be read, and the CPU finds it again when it comes back. Ring numbers
 * are given in the order in which the rings were made. Calls that make, free or reset are to be serialised by
 * the caller.
 */
#ifndef SCAPYARD_CPU_RINGS_H
#define SCAPYARD_CPU_RINGS_H

#include "device_abi.h"

struct vm_area_struct;

/* -EBUSY: there are some. -ENOMEM. Fills the out members. */
int cpu_rings_make(struct scapyard_setup *setup);
/* No hook may be registered. */
void cpu_rings_free(void);
bool cpu_rings_made(void);
/* Empty rings, zero counters. No hook may be recording. */
void cpu_rings_reset(void);
void cpu_rings_counters(int cpu, struct capture_counters *counters);
int cpu_rings_mmap(struct vm_area_struct *vma);

#endif
