/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The functions that tracepoints call, and which of them a capture needs. */
#ifndef SCAPYARD_PROBES_H
#define SCAPYARD_PROBES_H

#include "arch.h"
#include "../capture/abi.h"

/* X(name of the tracepoint), of those that only some architectures need or have. */
#ifdef CAPTURE_HAS_PAGE_FAULTS
#define HOOKS_PAGE_FAULT(X) X(page_fault_user) X(page_fault_kernel)
#else
#define HOOKS_PAGE_FAULT(X)
#endif
#ifdef CAPTURE_FORK_CHILD_BY_HOOK
#define HOOKS_FORK(X) X(sched_process_fork)
#else
#define HOOKS_FORK(X)
#endif
#define HOOKS(X)                                                                                             \
	X(sys_enter)                                                                                         \
	X(sys_exit)                                                                                          \
	X(sched_process_exec)                                                                                \
	X(sched_process_exit)                                                                                \
	X(sched_switch)                                                                                      \
	X(signal_deliver)                                                                                    \
	X(cpuhp_enter)                                                                                       \
	HOOKS_FORK(X)                                                                                        \
	HOOKS_PAGE_FAULT(X)

#define HOOK_ID(name) HOOK_##name,
enum hook_id { HOOKS(HOOK_ID) HOOK_COUNT };

/* The function to register for a tracepoint, with this kernel's arguments. */
void *probe_function(enum hook_id hook);

/* Take over settings; hooks that are running may still see old ones in part. */
void probes_configure(const struct capture_config *config);
void probes_enable(bool on);
/* Bit i: hook i has something to record under the current settings. */
u32 probes_wanted(void);

#endif
