/* SPDX-License-Identifier: Apache-2.0 */
/* The live handle over a fake engine: options, batches, stop and drain, reset, damaged rings. */
#include <stdlib.h>
#include <string.h>

#include "../src/handle.h"
#include "fake_engine.h"
#include "scap_losses.h"
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

/* A CPU came: its ring is read, though it was not there when the capture was opened. */
static void rings_that_come_later(void)
{
	struct scap *scap = open_fake(1);
	const struct scap_event *event;
	struct scap_driver_info info;
	uint16_t cpu;

	fake_push(0, 5);
	fake_grow(FAKE_RINGS);
	fake_push(FAKE_RINGS - 1, 4);
	CHECK_EQ(scap_next(scap, &event, &cpu, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 4);
	CHECK_EQ(cpu, FAKE_RINGS - 1);
	CHECK_EQ(scap_next(scap, &event, &cpu, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 5);
	CHECK_EQ(scap_get_driver_info(scap, &info), SCAP_OK);
	CHECK_EQ(info.rings, FAKE_RINGS);
	scap_close(scap);
}

static void settings_reach_the_driver(void)
{
	uint8_t interest[SCAP_INTEREST_BYTES] = {[9] = 0x81};
	struct scap *scap = open_fake(1);
	const struct capture_config *config = fake_config();

	CHECK_EQ(config->snaplen, 80);
	CHECK_EQ(config->statsd_port, 8125);
	CHECK_EQ(config->interest[7], UINT64_MAX);
	CHECK_EQ(scap_set_snaplen(scap, 4000), SCAP_OK);
	CHECK_EQ(scap_set_interest(scap, interest), SCAP_OK);
	CHECK_EQ(scap_set_scope(scap, 1ull << 40), SCAP_OK);
	CHECK_EQ(scap_set_drop_failed(scap, 5), SCAP_OK);
	CHECK_EQ(scap_set_sampling(scap, 128), SCAP_OK);
	CHECK_EQ(scap_set_dynamic_snaplen(scap, 5), SCAP_OK);
	CHECK_EQ(scap_set_fullcapture_ports(scap, 80, 443), SCAP_OK);
	CHECK_EQ(scap_set_statsd_port(scap, 9125), SCAP_OK);
	CHECK_EQ(config->snaplen, 4000);
	CHECK_EQ(config->interest[0], 0);
	CHECK_EQ(config->interest[1], 0x8100);
	CHECK_EQ(config->scope_cgroup, 1ull << 40);
	CHECK_EQ(config->drop_failed, 1);
	CHECK_EQ(config->sampling_ratio, 128);
	CHECK_EQ(config->dynamic_snaplen, 1);
	CHECK_EQ(config->fullcapture_first, 80);
	CHECK_EQ(config->fullcapture_last, 443);
	CHECK_EQ(config->statsd_port, 9125);
	CHECK_EQ(scap_set_snaplen(scap, 0), SCAP_OK);
	CHECK_EQ(config->snaplen, 80);
	scap_close(scap);
}

static void refused_settings_change_nothing(void)
{
	struct scap *scap = open_fake(1);
	const struct capture_config *config = fake_config();

	CHECK_EQ(scap_set_sampling(scap, 3), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_set_sampling(scap, 256), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_set_fullcapture_ports(scap, 2, 1), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(scap_last_error(scap), "ports 2 to 1");
	CHECK_EQ(scap_set_snaplen(scap, SCAP_SNAPLEN_MAX + 1), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_set_snaplen(scap, FAKE_REFUSED_SNAPLEN), SCAP_FAILURE);
	CHECK_EQ(scap_set_statsd_port(scap, 0), SCAP_OK);
	CHECK_EQ(config->snaplen, 80);
	CHECK_EQ(config->sampling_ratio, 0);
	CHECK_EQ(config->fullcapture_last, 0);
	scap_close(scap);
}

static void presets_of_buffers(void)
{
	struct scap_live_options options = {.size = sizeof(options), .engine = "fake", .buffer_preset = 11};
	struct scap_error err;
	struct live *live;

	CHECK_EQ(scap_buffer_preset(0), 0);
	CHECK_EQ(scap_buffer_preset(1), 1 << 20);
	CHECK_EQ(scap_buffer_preset(4), 8 << 20);
	CHECK_EQ(scap_buffer_preset(10), 512 << 20);
	CHECK_EQ(scap_buffer_preset(11), 0);
	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "buffer_preset 11: it is 1 to 10");
	options.buffer_preset = 3;
	options.buffer_bytes = 8192;
	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "both given");
	options.buffer_bytes = 0;
	CHECK_EQ(live_open(&fake_engine, &options, &live, &err), SCAP_OK);
	CHECK_EQ(fake_ring_bytes(), 4 << 20);
	live_close(live);
}

/* CPUs 0 to 6, of which number FAKE_GAP is missing. */
static struct scap *open_with_losses(void)
{
	struct scap *scap = open_fake(FAKE_GAP + 2);

	fake_push(0, 1);
	*fake_losses(0) =
	    (struct capture_counters){.seen = 7,
				      .lost_ring = 5,
				      .lost_bug = 2,
				      .lost_ring_of = {[SCAP_LOSS_OTHER] = 1, [SCAP_LOSS_OPEN_EXIT] = 4}};
	*fake_losses(6) =
	    (struct capture_counters){.seen = 4,
				      .lost_ring = 3,
				      .lost_scratch = 1,
				      .lost_ring_of = {[SCAP_LOSS_OPEN_EXIT] = 2, [SCAP_LOSS_PROC_EXIT] = 1}};
	return scap;
}

static void losses_are_counted_by_kind(void)
{
	struct scap *scap = open_with_losses();
	struct scap_losses losses;
	struct scap_stats stats;

	CHECK_EQ(scap_get_stats(scap, &stats), SCAP_OK);
	CHECK_EQ(stats.seen, 12);
	CHECK_EQ(stats.seen, stats.pushed + stats.lost_ring + stats.lost_scratch + stats.lost_bug);
	CHECK_EQ(stats.lost_recursion, FAKE_SKIPPED);
	CHECK_EQ(scap_get_losses(scap, &losses), SCAP_OK);
	CHECK_EQ(losses.open_exit, 6);
	CHECK_EQ(losses.proc_exit, 1);
	CHECK_EQ(losses.other, 1);
	CHECK_EQ(losses.open_exit + losses.proc_exit + losses.other, stats.lost_ring);
	scap_close(scap);
}

static uint64_t value_of(struct scap *scap, uint32_t flags, const char *name)
{
	const struct scap_metric *metrics;
	size_t count;

	if (scap_get_metrics(scap, flags, &metrics, &count) != SCAP_OK)
		return UINT64_MAX;
	for (size_t i = 0; i < count; i++)
		if (strcmp(metrics[i].name, name) == 0)
			return metrics[i].value;
	return UINT64_MAX;
}

static void counters_by_name(void)
{
	struct scap *scap = open_with_losses();
	const struct scap_metric *metrics;
	size_t count;

	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_evts"), 12);
	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_drops"), 11);
	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_drops_buffer_total"), 8);
	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_drops_buffer_open_exit"), 6);
	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_drops_scratch_map"), 1);
	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_preemptions"), FAKE_SKIPPED);
	CHECK_EQ(value_of(scap, SCAP_METRICS_KERNEL, "n_evts_cpu_0"), UINT64_MAX);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PER_CPU, "n_evts"), 12);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PER_CPU, "n_evts_cpu_0"), 8);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PER_CPU, "n_drops_cpu_6"), 4);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PER_CPU, "n_drops_cpu_5"), UINT64_MAX);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PROGRAMS, "hook.run_cnt"), 4);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PROGRAMS, "hook.avg_time_ns"), 25);
	CHECK_EQ(value_of(scap, SCAP_METRICS_PROGRAMS, "n_evts"), UINT64_MAX);
	CHECK_EQ(scap_get_metrics(scap, 0, &metrics, &count), SCAP_OK);
	CHECK_EQ(count, 0);
	CHECK(metrics == NULL);
	scap_close(scap);
}

int main(void)
{
	TEST(stop_drains_the_rings);
	TEST(single_events_and_batches_can_be_mixed);
	TEST(reset_forgets_what_the_rings_held);
	TEST(damaged_ring);
	TEST(rings_that_come_later);
	TEST(settings_reach_the_driver);
	TEST(refused_settings_change_nothing);
	TEST(presets_of_buffers);
	TEST(losses_are_counted_by_kind);
	TEST(counters_by_name);
	TEST(refused_options);
	TEST(engine_that_fails_to_open);
	TEST(a_file_has_no_controls);
	TEST(machine_of_a_live_capture);
	return tap_end();
}
