/* SPDX-License-Identifier: Apache-2.0 */
/* The loaded drivers, and one program's events from each of them. */
#ifndef AGENT_CAPTURE_H
#define AGENT_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "bytes.h"
#include "scap.h"

#define MAX_CAPTURES 2

struct capture {
	struct scap *scap;	    /* NULL = free */
	struct scap_writer *stream; /* during a run */
};

struct captures {
	struct capture open[MAX_CAPTURES];
};

/* What one run records. */
struct capture_setup {
	uint64_t scope;		 /* cgroup id; 0 = every task */
	const uint8_t *interest; /* SCAP_INTEREST_BYTES */
	uint32_t snaplen;
	bool drop_failed;
	bool dynamic_snaplen;
	uint16_t fullcapture_first, fullcapture_last, statsd_port;
	uint32_t sampling; /* ratio of dropping mode; 0 = off */
};

/* All return an enum scap_status; on failure `err` says which driver and why. Each begin needs an end, also
 * if it failed. */
int captures_begin(struct captures *captures, const struct capture_setup *setup, struct scap_error *err);
/* Take what is in the rings now. */
int captures_pump(struct captures *captures, struct scap_error *err);
/* Stop, take the rest, and write u32 drivers, then per driver: string engine, 8 × u64 statistics, sized .scap
 * stream. */
int captures_end(struct captures *captures, struct writer *out, struct scap_error *err);

void write_stats(struct writer *out, const struct scap_stats *stats);
uint32_t captures_count(const struct captures *captures);

#endif
