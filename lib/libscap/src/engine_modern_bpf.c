/* SPDX-License-Identifier: Apache-2.0 */
/* The modern_bpf engine: control of a loaded eBPF driver. While capturing it makes no bpf() call: map
 * syscalls would make the kernel skip tracepoint programs. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "engine_modern_bpf.h"

static void modern_close(struct scap_engine *engine)
{
	if (!engine)
		return;
	scap_bpf_unload(engine);
	scap_bpf_rings_close(engine);
	free(engine);
}

static int check_ring_bytes(uint64_t bytes, struct scap_error *err)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);

	if (bytes < 2 * page || bytes & (bytes - 1) || bytes > 1u << 30)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "buffer_bytes %llu: a power of two from %llu to 1 GiB is needed",
				 (unsigned long long)bytes, (unsigned long long)(2 * page));
	return SCAP_OK;
}

#define STORE(field) __atomic_store_n(&now->field, wanted->field, __ATOMIC_RELAXED)

/* Word by word: hooks read while we write. */
static void store_config(struct capture_config *now, const struct capture_config *wanted)
{
	STORE(snaplen);
	STORE(drop_failed);
	STORE(sampling_ratio);
	STORE(dynamic_snaplen);
	STORE(fullcapture_first);
	STORE(fullcapture_last);
	STORE(statsd_port);
	STORE(scope_cgroup);
	for (int i = 0; i < CAPTURE_INTEREST_WORDS; i++)
		STORE(interest[i]);
}

/* Who asks for everything takes what this kernel has. */
static bool everything(const struct capture_config *config)
{
	for (int i = 0; i < CAPTURE_INTEREST_WORDS; i++)
		if (~config->interest[i])
			return false;
	return true;
}

static int modern_configure(struct scap_engine *engine, const struct capture_config *config,
			    struct scap_error *err)
{
	store_config(engine->config, config);
	return scap_bpf_hooks_update(engine, !everything(config), err);
}

static int modern_open(const struct scap_live_options *options, struct scap_engine **out,
		       struct scap_error *err)
{
	struct scap_engine *engine = calloc(1, sizeof(*engine));
	uint64_t bytes = options->buffer_bytes ? options->buffer_bytes : 8u << 20;
	int status = check_ring_bytes(bytes, err);

	*out = NULL;
	if (!engine)
		return scap_fail(err, SCAP_FAILURE, "no memory");
	engine->info.ring_bytes = bytes;
	if (status == SCAP_OK)
		status = scap_bpf_load(engine, options, err);
	if (status != SCAP_OK) {
		modern_close(engine);
		return status;
	}
	*out = engine;
	return SCAP_OK;
}

static int modern_rings(struct scap_engine *engine, uint32_t *count, struct scap_error *err)
{
	(void)err;
	*count = engine->ring_count;
	return SCAP_OK;
}

static const struct scap_event *modern_peek(struct scap_engine *engine, uint32_t ring, uint16_t *cpu)
{
	return bpf_ring_peek(&engine->rings[ring], cpu);
}

static void modern_consume(struct scap_engine *engine, uint32_t ring)
{
	bpf_ring_consume(&engine->rings[ring]);
}

static int modern_start(struct scap_engine *engine, struct scap_error *err)
{
	(void)err;
	engine->config->boot_offset_ns = clock_offset_ns(CLOCK_BOOTTIME);
	__atomic_store_n(&engine->config->enabled, 1, __ATOMIC_RELEASE);
	return SCAP_OK;
}

/*
 * A program that saw `enabled` may still run, and run for long where it can be preempted. An update of a map
 * of maps returns when every program that ran meanwhile has ended (kernel/bpf/syscall.c,
 * maybe_wait_bpf_programs()), also if it changes nothing. membarrier() would not wait on a single CPU.
 */
static int modern_stop(struct scap_engine *engine, struct scap_error *err)
{
	int rings = bpf_object__find_map_fd_by_name(engine->object, "rings");
	uint32_t first = 0;

	__atomic_store_n(&engine->config->enabled, 0, __ATOMIC_SEQ_CST);
	if (bpf_map_update_elem(rings, &first, &engine->rings[0].fd, BPF_ANY))
		return scap_fail(err, SCAP_FAILURE, "waiting for hooks that still run: %s", strerror(errno));
	return SCAP_OK;
}

static int modern_reset(struct scap_engine *engine, struct scap_error *err)
{
	if (engine->config->enabled)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "reset while capturing: stop first");
	for (uint32_t i = 0; i < engine->ring_count; i++)
		bpf_ring_clear(&engine->rings[i]);
	for (uint32_t i = 0; i < engine->cpu_count; i++)
		memset(&engine->cpus[i].counters, 0, sizeof(engine->cpus[i].counters));
	engine->recursion_base = scap_bpf_recursion_misses(engine);
	return SCAP_OK;
}

static uint32_t modern_cpus(struct scap_engine *engine)
{
	return engine->cpu_count;
}

static int modern_counters(struct scap_engine *engine, uint32_t cpu, struct capture_counters *out,
			   struct scap_error *err)
{
	if (cpu >= engine->cpu_count)
		return scap_fail(err, SCAP_NOT_FOUND, "there is no CPU %u", cpu);
	*out = *(const volatile struct capture_counters *)&engine->cpus[cpu].counters;
	return SCAP_OK;
}

static uint64_t modern_skipped(struct scap_engine *engine)
{
	return scap_bpf_recursion_misses(engine) - engine->recursion_base;
}

static int modern_driver_info(struct scap_engine *engine, struct scap_driver_info *out,
			      struct scap_error *err)
{
	(void)err;
	*out = engine->info;
	return SCAP_OK;
}

const struct scap_engine_ops scap_engine_modern_bpf = {
    .name = "modern_bpf",
    .open = modern_open,
    .close = modern_close,
    .rings = modern_rings,
    .peek = modern_peek,
    .consume = modern_consume,
    .start = modern_start,
    .stop = modern_stop,
    .reset = modern_reset,
    .configure = modern_configure,
    .cpus = modern_cpus,
    .counters = modern_counters,
    .skipped = modern_skipped,
    .program = scap_bpf_program_runs,
    .driver_info = modern_driver_info,
};
