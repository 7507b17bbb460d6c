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
	uint32_t next[FAKE_RINGS]; /* per CPU, the number expected next */
	uint64_t shown;
};

static void take_all(struct merge *merge, struct checker *checker)
{
	struct scap_item item;

	while (merge_peek(merge, &item, NULL) == SCAP_OK) {
		uint32_t cpu = (uint32_t)(item.event->tid >> 32);

		CHECK(item.event->ts >= checker->last_ts);
		CHECK_EQ((uint32_t)item.event->tid, checker->next[cpu]);
		checker->last_ts = item.event->ts;
		checker->next[cpu]++;
		checker->shown++;
		merge_consume(merge);
	}
}

/* CPUs that stamp an event when a hook begins, and push it into their ring when it ends. */
struct machine {
	uint32_t cpus, cpus_per_ring;
	uint64_t stamp[FAKE_RINGS];
	uint64_t ready[FAKE_RINGS]; /* when the running hook ends; 0: none is running */
	uint32_t pushed[FAKE_RINGS];
	uint64_t total;
};

static void end_hooks(struct machine *machine, uint64_t now)
{
	for (uint32_t cpu = 0; cpu < machine->cpus; cpu++)
		if (machine->ready[cpu] && machine->ready[cpu] <= now) {
			fake_push_tid(cpu / machine->cpus_per_ring, machine->stamp[cpu],
				      (uint64_t)cpu << 32 | machine->pushed[cpu]++);
			machine->ready[cpu] = 0;
			machine->total++;
		}
}

/* A reader comes by at random times, then the capture is stopped and drained. Hooks take up to `delay`. */
static void simulate(struct merge *merge, struct machine *machine, uint64_t delay, struct rng *rng,
		     struct checker *checker)
{
	uint64_t now = 1000 * MS;

	for (uint32_t step = 0; step < 3000 && tap_ok; step++) {
		uint32_t cpu = rng_below(rng, machine->cpus);

		now += rng_below(rng, rng_below(rng, 100) ? MS / 10 : 4 * MS);
		end_hooks(machine, now);
		if (!machine->ready[cpu]) {
			machine->stamp[cpu] = now;
			machine->ready[cpu] = now + 1 + rng_below(rng, (uint32_t)delay);
		}
		if (rng_below(rng, 50) == 0) {
			merge_look(merge, now, false);
			take_all(merge, checker);
		}
	}
	end_hooks(machine, UINT64_MAX);
	merge_look(merge, now, true);
	take_all(merge, checker);
}

static void check_interleavings(uint32_t most_cpus_per_ring)
{
	for (uint64_t seed = 1; seed <= 60; seed++) {
		struct rng rng = {seed};
		struct machine machine = {.cpus = 1 + rng_below(&rng, 16)};
		struct checker checker = {0};
		struct scap_engine *engine;
		struct merge *merge;

		machine.cpus_per_ring = 1 + rng_below(&rng, most_cpus_per_ring);
		engine = open_engine((machine.cpus + machine.cpus_per_ring - 1) / machine.cpus_per_ring);
		CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
		/* The step between two ends of hooks counts as delay too. */
		simulate(merge, &machine, MERGE_WINDOW_NS - 4 * MS, &rng, &checker);
		if (!tap_ok)
			FAIL("with seed %llu", (unsigned long long)seed);
		CHECK_EQ(checker.shown, machine.total);
		CHECK_EQ(merge_late(merge), 0);
		merge_free(merge);
		fake_engine.close(engine);
	}
}

static void rings_of_one_cpu_each(void)
{
	check_interleavings(1);
}

/* Within such a ring, stamps are out of order. */
static void rings_shared_by_cpus(void)
{
	check_interleavings(8);
}

static void held_back_until_the_window_is_over(void)
{
	struct scap_engine *engine = open_engine(2);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	fake_push(0, 100 * MS);
	merge_look(merge, 100 * MS, false);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_TIMEOUT);
	fake_push(1, 99 * MS); /* the late one that it waited for */
	merge_look(merge, 100 * MS + MERGE_WINDOW_NS, false);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_OK);
	CHECK_EQ(item.event->ts, 99 * MS);
	merge_consume(merge);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_OK);
	CHECK_EQ(item.event->ts, 100 * MS);
	merge_consume(merge);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_TIMEOUT);
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
	merge_look(merge, 500 * MS, false);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_OK);
	merge_consume(merge);
	fake_push(1, 99 * MS);
	merge_look(merge, 501 * MS, false);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_OK);
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
	merge_look(merge, 10 * MS, false);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_TIMEOUT);
	merge_look(merge, 10 * MS + MERGE_WINDOW_NS, false);
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_OK);
	merge_free(merge);
	fake_engine.close(engine);
}

/* 18 MB in each of two rings: taken over in several goes, and still complete and in order. */
static void more_than_a_stage_takes_at_once(void)
{
	const uint32_t events = 560000; /* in each ring, 32 bytes in a stage */
	struct scap_engine *engine = open_engine(2);
	struct checker checker = {0};
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	for (uint32_t i = 0; i < 2 * events; i++) /* neighbours exchanged in pairs */
		fake_push_tid(i % 2, (i ^ 2) + 1, (uint64_t)((i & 3)) << 32 | i / 4);
	merge_look(merge, 1, true);
	take_all(merge, &checker);
	CHECK_STILL_OK;
	CHECK_EQ(checker.shown, 2 * events);
	CHECK_EQ(merge_late(merge), 0);
	merge_free(merge);
	fake_engine.close(engine);
}

static void equal_stamps_go_by_ring_then_by_place(void)
{
	struct scap_engine *engine = open_engine(8);
	struct scap_item item;
	struct merge *merge;

	CHECK_EQ(merge_new(&fake_engine, engine, 0, &merge, NULL), SCAP_OK);
	for (uint32_t ring = 8; ring-- > 0;)
		for (uint32_t place = 0; place < 3; place++)
			fake_push_tid(ring, 5, 3 * ring + place);
	merge_look(merge, 5, true);
	for (uint64_t tid = 0; tid < 24; tid++) {
		CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_OK);
		CHECK_EQ(item.event->tid, tid);
		CHECK_EQ(item.cpu, tid / 3); /* the fake engine's rings are CPUs */
		merge_consume(merge);
	}
	CHECK_EQ(merge_peek(merge, &item, NULL), SCAP_TIMEOUT);
	merge_free(merge);
	fake_engine.close(engine);
}

int main(void)
{
	TEST(rings_of_one_cpu_each);
	TEST(rings_shared_by_cpus);
	TEST(held_back_until_the_window_is_over);
	TEST(lateness_is_counted);
	TEST(clock_that_jumped_ahead);
	TEST(more_than_a_stage_takes_at_once);
	TEST(equal_stamps_go_by_ring_then_by_place);
	return tap_end();
}
