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

static void store_interest(struct capture_config *config, const uint8_t *interest)
{
	for (int word = 0; word < CAPTURE_INTEREST_WORDS; word++) {
		uint64_t bits = ~0ULL;

		if (interest) {
			bits = 0;
			for (int i = 0; i < 8; i++)
				bits |= (uint64_t)interest[8 * word + i] << (8 * i);
		}
		__atomic_store_n(&config->interest[word], bits, __ATOMIC_RELAXED);
	}
}

static int modern_set_interest(struct scap_engine *engine, const uint8_t *interest, struct scap_error *err)
{
	store_interest(engine->config, interest);
	return scap_bpf_hooks_update(engine, interest != NULL, err);
}

static int modern_set_snaplen(struct scap_engine *engine, uint32_t snaplen, struct scap_error *err)
{
	if (snaplen > CAPTURE_SNAPLEN_MAX)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "snaplen %u: at most %u", snaplen,
				 CAPTURE_SNAPLEN_MAX);
	engine->config->snaplen = snaplen ? snaplen : CAPTURE_SNAPLEN_DEFAULT;
	return SCAP_OK;
}

static int modern_set_scope(struct scap_engine *engine, uint64_t cgroup_id, struct scap_error *err)
{
	(void)err;
	__atomic_store_n(&engine->config->scope_cgroup, cgroup_id, __ATOMIC_RELAXED);
	return SCAP_OK;
}

static int modern_set_drop_failed(struct scap_engine *engine, int on, struct scap_error *err)
{
	(void)err;
	engine->config->drop_failed = on ? 1 : 0;
	return SCAP_OK;
}

static int modern_set_sampling(struct scap_engine *engine, uint32_t ratio, struct scap_error *err)
{
	(void)err;
	__atomic_store_n(&engine->config->sampling_ratio, ratio, __ATOMIC_RELAXED);
	return SCAP_OK;
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
	if (status == SCAP_OK)
		status = modern_set_snaplen(engine, options->snaplen, err);
	if (status == SCAP_OK)
		status = modern_set_scope(engine, options->scope_cgroup, err);
	if (status == SCAP_OK)
		status = modern_set_drop_failed(engine, options->flags & SCAP_DROP_FAILED, err);
	if (status == SCAP_OK)
		status = modern_set_interest(engine, options->interest, err);
	if (status != SCAP_OK) {
		modern_close(engine);
		return status;
	}
	*out = engine;
	return SCAP_OK;
}

static uint32_t modern_rings(struct scap_engine *engine)
{
	return engine->ring_count;
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

static int modern_stats(struct scap_engine *engine, struct scap_stats *out, struct scap_error *err)
{
	(void)err;
	memset(out, 0, sizeof(*out));
	for (uint32_t i = 0; i < engine->cpu_count; i++) {
		const volatile struct capture_counters *cpu = &engine->cpus[i].counters;

		out->seen += cpu->seen;
		out->pushed += cpu->pushed;
		out->lost_ring += cpu->lost_ring;
		out->lost_scratch += cpu->lost_scratch;
		out->lost_bug += cpu->lost_bug;
		out->lost_recursion += cpu->lost_busy;
	}
	out->lost_recursion += scap_bpf_recursion_misses(engine) - engine->recursion_base;
	return SCAP_OK;
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
    .set_interest = modern_set_interest,
    .set_snaplen = modern_set_snaplen,
    .set_scope = modern_set_scope,
    .set_drop_failed = modern_set_drop_failed,
    .set_sampling = modern_set_sampling,
    .stats = modern_stats,
    .driver_info = modern_driver_info,
};
