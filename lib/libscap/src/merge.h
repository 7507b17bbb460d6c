/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Rings merged by time: every event that the driver put in its ring within MERGE_WINDOW_NS of its stamp comes
 * out in the order of stamps; equal stamps of a ring in the order of the ring.
 *
 * A driver stamps an event when its hook begins and puts it in a ring when the hook ends. So while the
 * capture runs, a lower stamp can still appear, and an event is held back until the drivers' clock is
 * MERGE_WINDOW_NS past its stamp. Nothing is held back after scap_stop(). What is held back waits in our
 * memory (stage.h), not in the ring.
 *
 * The drivers' clock is CLOCK_MONOTONIC plus an offset: first the one to the wall clock, then raised whenever
 * a stamp would lie in the future. So neither a wall clock that is put forward nor a suspend delays events
 * beyond the window.
 */
#ifndef SCAP_MERGE_H
#define SCAP_MERGE_H

#include "engine.h"
#include "frame.h"

/* Longer than a hook takes, preemption of a busy guest's CPU included; short for a person who watches. */
#define MERGE_WINDOW_NS (20ull * 1000 * 1000)

struct merge;

/* `clock_offset`: stamps minus CLOCK_MONOTONIC, in ns, as far as known. */
int merge_new(const struct scap_engine_ops *ops, struct scap_engine *engine, uint64_t clock_offset,
	      struct merge **out, struct scap_error *err);
void merge_free(struct merge *merge);

/* A new look at the rings, at `now_ns` of CLOCK_MONOTONIC. `drain`: the capture is stopped, hold nothing
 * back. */
void merge_look(struct merge *merge, uint64_t now_ns, bool drain);

/*
 * The next event that may be shown since merge_look(), valid until merge_consume() or merge_look().
 * SCAP_TIMEOUT: none. If a ring was found damaged, what was taken before is shown, then the failure.
 */
int merge_peek(struct merge *merge, struct scap_item *item, struct scap_error *err);
void merge_consume(struct merge *merge);

/* Events shown after one with a higher stamp. */
uint64_t merge_late(const struct merge *merge);

#endif
