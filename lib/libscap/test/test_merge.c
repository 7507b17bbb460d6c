/* SPDX-License-Identifier: Apache-2.0 */
/* Rings merged by time: sorted, complete, each ring in its own order, whatever the interleaving. */
#include <stdlib.h>

#include "../src/merge.h"
#include "fake_engine.h"
#include "make.h"
#include "tap.h"

#define MS 1000000ull

static struct scap_engine *open_engine(uint32_t rings)
{
	struct scap_live_options options = {.size = sizeof(options)};
	struct scap_engine *engine;

	fake_set_rings(rings);
	fake_engine.open(&options, &engine, NULL);
	return engine;
}

struct checker {
	uint64_t last_ts;
	uint32_t next[FAKE_RINGS]; /* per ring, the number expected next */
	uint64_t shown;
};

static void take_all(struct merge *merge, struct checker *checker)
{
	struct scap_item item;

	while (merge_peek(merge, &item)) {
		uint32_t ring = (uint32_t)(item.event->tid >> 32);

		CHECK(item.event->ts >= checker->last_ts);
		CHECK_EQ((uint32_t)item.event->tid, checker->next[ring]);
		CHECK_EQ(item.cpu, ring);
		checker->last_ts = item.event->ts;
		checker->next[ring]++;
		checker->shown++;
		merge_consume(merge);
	}
}

/*
 * Hooks on `rings` CPUs stamp events at rising times and put them in their ring up to `delay` later, while a
 * reader comes by at random times. Returns the events pushed.
 */
static uint64_t simulate(struct merge *merge, uint32_t rings, uint64_t delay, struct rng *rng,
			 struct checker *checker)
{
	uint64_t stamp[FAKE_RINGS], ready[FAKE_RINGS], pushed = 0, now = 1000 * MS;

	for (uint32_t i = 0; i < rings; i++)
		ready[i] = 0; /* no hook is running */
	for (uint32_t step = 0; step < 3000 && tap_ok; step++) {
		uint32_t ring = rng_below(rng, rings);

		now += rng_below(rng, 2 * MS);
		for (uint32_t i = 0; i < rings; i++)
			if (ready[i] && ready[i] <= now) {
				fake_push(i, stamp[i]);
				ready[i] = 0;
				pushed++;
			}
		if (!ready[ring]) {
			stamp[ring] = now;
			ready[ring] = now + 1 + rng_below(rng, (uint32_t)delay);
		}
		if (rng_below(rng, 4) == 0) {
			merge_begin(merge, now, false);
			take_all(merge, checker);
		}
	}
	for (uint32_t i = 0; i < rings; i++) /* scap_stop(): hooks end, then the rings are drained */
		if (ready[i]) {
			fake_push(i, stamp[i]);
			pushed++;
		}
	merge_begin(merge, now, true);
	take_all(merge, checker);
	return pushed;
}

static void random_interleavings(void)
{
	for (uint64_t seed = 1; seed <= 60 && tap_ok; seed++) {
		struct rng rng = {seed};
		uint32_t rings = 1 + rng_below(&rng, 16);
		struct scap_engine *engine = open_engine(rings);
		struct checker checker = {0};
		struct merge *merge;
		uint64_t pushed;

		CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
		pushed = simulate(merge, rings, MERGE_WINDOW_NS - 4 * MS, &rng, &checker);
		if (!tap_ok)
			printf("# seed %llu\n", (unsigned long long)seed);
		CHECK_STILL_OK;
		CHECK_EQ(checker.shown, pushed);
		CHECK_EQ(merge_late(merge), 0);
		merge_free(merge);
		fake_engine.close(engine);
	}
}

static void held_back_until_the_window_is_over(void)
{
	struct scap_engine *engine = open_engine(2);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	fake_push(0, 100 * MS);
	merge_begin(merge, 100 * MS, false);
	CHECK(!merge_peek(merge, &item));
	fake_push(1, 99 * MS); /* the late one that it waited for */
	merge_begin(merge, 100 * MS + MERGE_WINDOW_NS, false);
	CHECK(merge_peek(merge, &item));
	CHECK_EQ(item.event->ts, 99 * MS);
	merge_consume(merge);
	CHECK(merge_peek(merge, &item));
	CHECK_EQ(item.event->ts, 100 * MS);
	merge_consume(merge);
	CHECK(!merge_peek(merge, &item));
	merge_free(merge);
	fake_engine.close(engine);
}

/* A driver slower than the window: nothing is lost, and it is counted. */
static void lateness_is_counted(void)
{
	struct scap_engine *engine = open_engine(2);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	fake_push(0, 100 * MS);
	merge_begin(merge, 500 * MS, false);
	CHECK(merge_peek(merge, &item));
	merge_consume(merge);
	fake_push(1, 99 * MS);
	merge_begin(merge, 501 * MS, false);
	CHECK(merge_peek(merge, &item));
	merge_consume(merge);
	CHECK_EQ(merge_late(merge), 1);
	merge_free(merge);
	fake_engine.close(engine);
}

/* Stamps far ahead of what we took for the time: the clock is learned, and events still come after the
 * window. */
static void clock_that_jumped_ahead(void)
{
	struct scap_engine *engine = open_engine(2);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	fake_push(0, 3600 * 1000 * MS);
	merge_begin(merge, 10 * MS, false);
	CHECK(!merge_peek(merge, &item));
	merge_begin(merge, 10 * MS + MERGE_WINDOW_NS, false);
	CHECK(merge_peek(merge, &item));
	merge_free(merge);
	fake_engine.close(engine);
}

static void one_ring_is_never_held_back(void)
{
	struct scap_engine *engine = open_engine(1);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	fake_push(0, 100 * MS);
	merge_begin(merge, 100 * MS, false);
	CHECK(merge_peek(merge, &item));
	merge_free(merge);
	fake_engine.close(engine);
}

static void equal_stamps_go_by_ring(void)
{
	struct scap_engine *engine = open_engine(8);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	for (uint32_t ring = 8; ring-- > 0;)
		fake_push(ring, 5);
	merge_begin(merge, 5, true);
	for (uint32_t ring = 0; ring < 8; ring++) {
		CHECK(merge_peek(merge, &item));
		CHECK_EQ(item.cpu, ring);
		merge_consume(merge);
	}
	merge_free(merge);
	fake_engine.close(engine);
}

int main(void)
{
	TEST(random_interleavings);
	TEST(held_back_until_the_window_is_over);
	TEST(lateness_is_counted);
	TEST(clock_that_jumped_ahead);
	TEST(one_ring_is_never_held_back);
	TEST(equal_stamps_go_by_ring);
	return tap_end();
}
