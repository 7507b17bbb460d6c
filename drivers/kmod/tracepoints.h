/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The kernel's tracepoints: found once at load, registered while a capture needs them. Callers serialise. */
#ifndef SCAPYARD_TRACEPOINTS_H
#define SCAPYARD_TRACEPOINTS_H

#include <linux/types.h>

/* -ENOENT: this kernel lacks a tracepoint that every kernel should have. */
int tracepoints_find(void);
/* Register those in the bit set `wanted` (see probes_wanted()), unregister the others. On failure none is
 * left. */
int tracepoints_register(u32 wanted);
/* When it returns, no probe runs any more. */
void tracepoints_unregister(void);

#endif
