/* SPDX-License-Identifier: Apache-2.0 */
/* The live handle over a fake engine: options, batches, stop and drain, reset, damaged rings. */
#include <stdlib.h>

#include "../src/handle.h"
#include "fake_engine.h"
#include "tap.h"

static struct scap *open_fake(uint32_t rings)
{
	struct scap_live_options options = {.size = sizeof(options), .engine = "fake"};
	struct scap *scap = calloc(1, sizeof(*scap));

	fake_set_rings(rings);
	if (live_open(&fake_engine, &options, &scap->live, &scap->error) != SCAP_OK)
		printf("# %s\n", scap->error.text);
	return scap;
}

static void stop_drains_the_rings(void)
{
	static uint64_t arena[1024];
	struct scap *scap = open_fake(3);
	struct scap_stats stats;
	uint32_t count;
	size_t used;

	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_TIMEOUT);
	CHECK_EQ(scap_start(scap), SCAP_OK);
	fake_push(2, 20);
	fake_push(0, 10);
	CHECK_EQ(scap_stop(scap), SCAP_OK);
	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_OK);
	CHECK_EQ(count, 2);
	CHECK_EQ(((struct scap_record *)arena)->cpu, 0);
	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_TIMEOUT);
	CHECK_EQ(scap_get_stats(scap, &stats), SCAP_OK);
	CHECK_EQ(stats.read, 2);
	CHECK_EQ(stats.pushed, 2);
	scap_close(scap);
	CHECK_EQ(fake_open_engines(), 0);
}

static void single_events_and_batches_can_be_mixed(void)
{
	static uint64_t arena[1024];
	struct scap *scap = open_fake(2);
	const struct scap_event *event;
	struct scap_stats stats;
	uint32_t count;
	uint16_t cpu;
	size_t used;

	for (uint64_t ts = 1; ts <= 6; ts++)
		fake_push(ts % 2, ts);
	CHECK_EQ(scap_next(scap, &event, &cpu, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 1);
	CHECK_EQ(scap_next(scap, &event, &cpu, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 2);
	CHECK_EQ(scap_get_stats(scap, &stats), SCAP_OK);
	CHECK_EQ(stats.read, 2);
	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_OK);
	CHECK_EQ(count, 4);
	scap_close(scap);
}

static void reset_forgets_what_the_rings_held(void)
{
	struct scap *scap = open_fake(2);
	const struct scap_event *event;
	struct scap_stats stats;

	fake_push(0, 1);
	fake_push(1, 2);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(scap_start(scap), SCAP_OK);
	CHECK_EQ(scap_reset(scap), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_stop(scap), SCAP_OK);
	CHECK_EQ(scap_reset(scap), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_TIMEOUT);
	CHECK_EQ(scap_get_stats(scap, &stats), SCAP_OK);
	CHECK_EQ(stats.read, 0);
	fake_push(1, 7);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 7);
	scap_close(scap);
}

/* What came before the damage is returned, then the failure, again and again. */
static void damaged_ring(void)
{
	static uint64_t arena[1024];
	struct scap *scap = open_fake(2);
	uint32_t count;
	size_t used;

	fake_push(0, 1);
	fake_push(0, 2);
	fake_push(1, 3);
	fake_damage(0, 1, 1 << 30);
	CHECK_EQ(scap_start(scap), SCAP_OK);
	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_OK);
	CHECK_EQ(count, 1);
	for (int i = 0; i < 2; i++) {
		CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_FAILURE);
		CHECK_CONTAINS(scap_last_error(scap), "ring 0 holds an event of 1073741824 bytes");
	}
	scap_close(scap);
}

static void refused_options(void)
{
	struct scap_live_options options = {.size = sizeof(options), .engine = "nonsense"};
	struct scap_error err;
	struct live *live;
	struct scap *scap;

	CHECK_EQ(scap_open_live(&options, &scap, &err), SCAP_NOT_SUPPORTED);
	CHECK_CONTAINS(err.text, "engine \"nonsense\" is not in this build");
	CHECK_EQ(scap_open_live(NULL, &scap, &err), SCAP_ILLEGAL_INPUT);
	options.engine = NULL;
	CHECK_EQ(scap_open_live(&options, &scap, &err), SCAP_ILLEGAL_INPUT);
	options.buffer_bytes = 3 << 20;
	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "power of two");
	options.buffer_bytes = 0;
	options.snaplen = 65001;
	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_ILLEGAL_INPUT);
	options.size = 4;
	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(fake_open_engines(), 0);
}

static void engine_that_fails_to_open(void)
{
	struct scap_live_options options = {.size = sizeof(options), .scope_cgroup = 404};
	struct scap_error err;
	struct live *live;

	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_NOT_SUPPORTED);
	CHECK_CONTAINS(err.text, "version: ");
}

static void a_file_has_no_controls(void)
{
	struct scap *scap = calloc(1, sizeof(*scap));
	struct scap_stats stats;

	CHECK_EQ(scap_start(scap), SCAP_NOT_SUPPORTED);
	CHECK_EQ(scap_get_stats(scap, &stats), SCAP_NOT_SUPPORTED);
	CHECK_EQ(scap_set_snaplen(scap, 1), SCAP_NOT_SUPPORTED);
	CHECK_CONTAINS(scap_last_error(scap), "not a live capture");
	free(scap);
}

static void machine_of_a_live_capture(void)
{
	struct scap_machine_info info;

	CHECK_EQ(scap_local_machine_info(&info, NULL), SCAP_OK);
	CHECK(info.num_cpus > 0);
	CHECK(info.memory_bytes > 1 << 20);
	CHECK(info.boot_ts_ns > 1000000000ull * 1000000000ull);
	CHECK(info.hostname[0] != 0);
}

int main(void)
{
	TEST(stop_drains_the_rings);
	TEST(single_events_and_batches_can_be_mixed);
	TEST(reset_forgets_what_the_rings_held);
	TEST(damaged_ring);
	TEST(refused_options);
	TEST(engine_that_fails_to_open);
	TEST(a_file_has_no_controls);
	TEST(machine_of_a_live_capture);
	return tap_end();
}
