/* SPDX-License-Identifier: Apache-2.0 */
/* All descendants of the agent: it is pid 1 or a subreaper, so orphans come to it. */
#ifndef AGENT_REAP_H
#define AGENT_REAP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "cgroup.h"

/* Once, at start: block SIGCHLD, become a subreaper. */
int reap_init(void);
/* Wait until no descendant is left, or the deadline (CLOCK_MONOTONIC, ns) passes: false. *status is set when
 * `pid` is among the reaped. */
bool reap_all(pid_t pid, int *status, uint64_t deadline_ns);
/* SIGKILL all descendants and reap them. False if some survive 5 s. */
bool kill_all(const struct cgroup *cgroup, pid_t pid, int *status);

#endif
