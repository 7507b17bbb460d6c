/* SPDX-License-Identifier: Apache-2.0 */
/* What the host can ask. */
#ifndef AGENT_REQUESTS_H
#define AGENT_REQUESTS_H

#include "agent.h"
#include "bytes.h"
#include "frames.h"

/* Handlers read the payload and write the reply's payload, or fail(). */
struct request {
	struct agent *agent;
	struct reader in;
	struct writer out;
	enum error_kind error; /* 0 = none */
	uint32_t code;
	char text[1152];
};

typedef void handler(struct request *);

void fail(struct request *request, enum error_kind kind, int code, const char *text);

handler handle_hello, handle_load, handle_unload, handle_run, handle_stats, handle_put_file, handle_get_file;
handler handle_load_test, handle_metrics;

/* Serve until the host stops the agent or closes the channel. Returns whether it was a STOP. */
bool serve(struct agent *agent, const struct channel *channel);

#endif
