/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the one consumer has made of the device: rings, settings, a capture that runs or not. There is one
 * session at a time, as there is one set of per-CPU state. The functions serialise themselves. They must not
 * touch user memory: mmap comes in with mmap_lock held, which a page fault would want too.
 */
#ifndef SCAPYARD_SESSION_H
#define SCAPYARD_SESSION_H

#include "device_abi.h"

struct vm_area_struct;

/* Nothing is of interest yet. -EBUSY: there is a session. */
int session_open(void);
/* Stops the capture and frees everything. */
void session_close(void);

/* -EBUSY: there are rings already. -EINVAL: bad size or flags. -ENOMEM. Fills the out members. */
int session_setup(struct scapyard_setup *setup);
/* -EINVAL: snaplen above CAPTURE_SNAPLEN_MAX. */
int session_configure(const struct capture_config *config);
/* -ENXIO: no rings yet. */
int session_start(void);
void session_stop(void);
/* -EBUSY: the capture runs. */
int session_reset(void);
int session_counters(struct scapyard_cpu_counters *counters);
int session_mmap(struct vm_area_struct *vma);

#endif
