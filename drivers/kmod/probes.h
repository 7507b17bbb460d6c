/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The functions that tracepoints call, and which of them a capture needs. */
#ifndef SCAPYARD_PROBES_H
#define SCAPYARD_PROBES_H

#include <linux/types.h>
#include "../capture/abi.h"

enum hook_id {
	HOOK_SYS_ENTER,
	HOOK_SYS_EXIT,
	HOOKS,
};

/* The function to register for a tracepoint, with this kernel's arguments. */
void *probe_function(enum hook_id hook);

/* Take over settings; hooks that are running may still see old ones in part. */
void probes_configure(const struct capture_config *config);
void probes_enable(bool on);
/* Bit i: hook i has something to record under the current settings. */
u32 probes_wanted(void);

#endif
