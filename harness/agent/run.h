/* SPDX-License-Identifier: Apache-2.0 */
/* One program, in fresh processes, from birth to the last of them. */
#ifndef AGENT_RUN_H
#define AGENT_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "cgroup.h"
#include "program.h"

struct run_options {
	uint64_t timeout_ns;
	const char *workdir;
	const struct cgroup *cgroup; /* path "" = none */
	/* Called when the process is in its cgroup and stopped: start capturing. Nonzero stops the run. */
	int (*ready)(void *context);
	void *context;
};

struct run_result {
	int status; /* wait status of the main process */
	bool timed_out;
	bool survivors; /* some process could not be killed */
	uint64_t ns;	/* from the first call on */
};

/* 0 or -errno, if the program could not be started at all. */
int run_program(struct program *program, const struct run_options *options, struct run_result *result);

#endif
