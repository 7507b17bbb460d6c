/* SPDX-License-Identifier: Apache-2.0 */
/* A cgroup of its own for each program: the driver's scope, and a way to kill all of it. */
#ifndef AGENT_CGROUP_H
#define AGENT_CGROUP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct cgroup {
	char path[96]; /* "" if there is no cgroup v2 to write to */
	uint64_t id;   /* inode of the directory */
};

/* Where cgroup v2 is mounted in the guest, and whether it is. */
bool cgroup_usable(void);
int cgroup_create(uint32_t number, struct cgroup *out);
/* fork() with the child in the cgroup from its birth: moving a process later costs an RCU grace period. */
pid_t cgroup_fork(const struct cgroup *cgroup);
/* SIGKILL every member. False if the kernel (before 5.14) cannot. */
bool cgroup_kill(const struct cgroup *cgroup);
/* The cgroup must be empty. */
void cgroup_remove(const struct cgroup *cgroup);

#endif
