/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "capture.h"

#define AGENT_VERSION "0.1.0"

/* The agent's own state; the host has none that the agent needs. */
struct agent {
	bool is_init; /* pid 1 of a guest */
	bool has_cgroups;
	char base[256]; /* working directories and the helper program live here */
	uint32_t runs;
	struct captures captures;
};

#endif
