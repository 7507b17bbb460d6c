/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was taken out of one ring and not shown yet, sorted by stamp.
 *
 * A ring is nearly in order, not quite: a hook that another one interrupted on its CPU (or a CPU that shares
 * the ring) puts its event there later than it stamped it. Copies here are put right, and the ring itself is
 * free for new events.
 */
#ifndef SCAP_STAGE_H
#define SCAP_STAGE_H

#include "engine.h"
#include "frame.h"

struct stage_entry {
	uint64_t ts;
	size_t at; /* of the frame, in bytes */
	uint16_t cpu;
};

struct stage {
	uint8_t *bytes; /* frames in the order of the ring */
	size_t used, capacity;
	struct stage_entry *entries; /* [first, count): by ts, equal ones in the order of the ring */
	size_t first, count, entry_capacity;
};

void stage_free(struct stage *stage);

/* Take over what the ring holds now, up to a bound on memory. Fails if the ring is damaged, or without
 * memory. */
int stage_fill(struct stage *stage, const struct scap_engine_ops *ops, struct scap_engine *engine,
	       uint32_t ring, struct scap_error *err);

/* Few enough left to ask the ring again. */
bool stage_low(const struct stage *stage);

/* The first event, valid until stage_fill(). False: none. */
bool stage_peek(const struct stage *stage, struct scap_item *item);
void stage_consume(struct stage *stage);

#endif
