/* SPDX-License-Identifier: Apache-2.0 */
/* The kmod engine: control of the kernel module through its device. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "clock.h"
#include "engine_kmod.h"

#define RING_BYTES_DEFAULT (8u << 20)

static int rings_open(struct scap_engine *engine, struct scap_error *err)
{
	int status = SCAP_OK;

	engine->rings = calloc(engine->ring_count, sizeof(*engine->rings));
	if (!engine->rings)
		return scap_fail(err, SCAP_FAILURE, "kmod: no memory for %u rings", engine->ring_count);
	for (uint32_t i = 0; status == SCAP_OK && i < engine->ring_count; i++)
		status = kmod_ring_open(&engine->rings[i], engine->device, i, engine->info.ring_bytes, err);
	return status;
}

static void rings_close(struct scap_engine *engine)
{
	for (uint32_t i = 0; engine->rings && i < engine->ring_count; i++)
		kmod_ring_close(&engine->rings[i]);
	free(engine->rings);
}

static void kmod_close(struct scap_engine *engine)
{
	if (!engine)
		return;
	rings_close(engine);
	scap_kmod_detach(engine);
	free(engine);
}

static int setup(struct scap_engine *engine, const struct scap_live_options *options, struct scap_error *err)
{
	struct scapyard_setup setup = {
	    .ring_bytes = options->buffer_bytes ? options->buffer_bytes : RING_BYTES_DEFAULT,
	    .flags = options->flags & SCAP_ONLINE_CPUS_ONLY ? SCAPYARD_ONLINE_CPUS : 0,
	};

	if (ioctl(engine->device, SCAPYARD_IOC_SETUP, &setup) < 0) {
		int invalid = errno == EINVAL;

		return scap_fail(err, invalid ? SCAP_ILLEGAL_INPUT : SCAP_FAILURE,
				 "kmod: rings of %llu bytes: %s%s", (unsigned long long)setup.ring_bytes,
				 strerror(errno), invalid ? " (a power of two from two pages to 1 GiB)" : "");
	}
	engine->ring_count = setup.rings;
	engine->cpu_ids = setup.cpu_ids;
	engine->info.rings = setup.rings;
	engine->info.ring_bytes = setup.ring_bytes;
	return rings_open(engine, err);
}

/* Hand `config` to the module; it becomes the engine's only if the module takes it. */
static int configure(struct scap_engine *engine, const struct capture_config *config, struct scap_error *err)
{
	if (ioctl(engine->device, SCAPYARD_IOC_CONFIG, config) < 0)
		return scap_fail(err, errno == EINVAL ? SCAP_ILLEGAL_INPUT : SCAP_FAILURE,
				 "kmod: the module refuses the settings (snaplen %u): %s", config->snaplen,
				 strerror(errno));
	engine->config = *config;
	return SCAP_OK;
}

/* Bit i of byte i / 8 -> bit i of word i / 64. */
static void put_interest(struct capture_config *config, const uint8_t *interest)
{
	memset(config->interest, interest ? 0 : 0xff, sizeof(config->interest));
	for (unsigned int i = 0; interest && i < SCAP_INTEREST_BYTES; i++)
		config->interest[i / 8] |= (uint64_t)interest[i] << (i % 8 * 8);
}

static uint32_t snaplen_or_default(uint32_t snaplen)
{
	return snaplen ? snaplen : CAPTURE_SNAPLEN_DEFAULT;
}

static int first_configure(struct scap_engine *engine, const struct scap_live_options *options,
			   struct scap_error *err)
{
	struct capture_config config = {
	    .snaplen = snaplen_or_default(options->snaplen),
	    .drop_failed = options->flags & SCAP_DROP_FAILED ? 1 : 0,
	    .scope_cgroup = options->scope_cgroup,
	};

	put_interest(&config, options->interest);
	return configure(engine, &config, err);
}

static int kmod_open(const struct scap_live_options *options, struct scap_engine **out,
		     struct scap_error *err)
{
	uint64_t began = clock_ns(CLOCK_MONOTONIC);
	struct scap_engine *engine = calloc(1, sizeof(*engine));
	int status;

	*out = NULL;
	if (!engine)
		return scap_fail(err, SCAP_FAILURE, "kmod: no memory");
	engine->device = -1;
	strcpy(engine->info.engine, "kmod");
	strcpy(engine->info.attach, "module");
	status = scap_kmod_attach(engine, options, err);
	if (status == SCAP_OK)
		status = setup(engine, options, err);
	if (status == SCAP_OK)
		status = first_configure(engine, options, err);
	if (status != SCAP_OK) {
		kmod_close(engine);
		return status;
	}
	engine->info.load_ns = clock_ns(CLOCK_MONOTONIC) - began;
	*out = engine;
	return SCAP_OK;
}

static uint32_t kmod_rings(struct scap_engine *engine)
{
	return engine->ring_count;
}

static const struct scap_event *kmod_peek(struct scap_engine *engine, uint32_t ring, uint16_t *cpu)
{
	*cpu = (uint16_t)engine->rings[ring].producer->cpu;
	return kmod_ring_peek(&engine->rings[ring]);
}

static void kmod_consume(struct scap_engine *engine, uint32_t ring)
{
	kmod_ring_consume(&engine->rings[ring]);
}

static int command(struct scap_engine *engine, unsigned long request, const char *what,
		   struct scap_error *err)
{
	if (ioctl(engine->device, request) < 0)
		return scap_fail(err, SCAP_FAILURE, "kmod: cannot %s: %s", what, strerror(errno));
	return SCAP_OK;
}

static int kmod_start(struct scap_engine *engine, struct scap_error *err)
{
	struct capture_config config = engine->config;
	int status;

	config.boot_offset_ns = clock_offset_ns(CLOCK_BOOTTIME);
	status = configure(engine, &config, err);
	return status == SCAP_OK ? command(engine, SCAPYARD_IOC_START, "start", err) : status;
}

static int kmod_stop(struct scap_engine *engine, struct scap_error *err)
{
	return command(engine, SCAPYARD_IOC_STOP, "stop", err);
}

static int kmod_reset(struct scap_engine *engine, struct scap_error *err)
{
	int status = command(engine, SCAPYARD_IOC_RESET, "reset", err);

	for (uint32_t i = 0; status == SCAP_OK && i < engine->ring_count; i++)
		kmod_ring_clear(&engine->rings[i]);
	return status;
}

static int kmod_set_interest(struct scap_engine *engine, const uint8_t *interest, struct scap_error *err)
{
	struct capture_config config = engine->config;

	put_interest(&config, interest);
	return configure(engine, &config, err);
}

static int kmod_set_snaplen(struct scap_engine *engine, uint32_t snaplen, struct scap_error *err)
{
	struct capture_config config = engine->config;

	config.snaplen = snaplen_or_default(snaplen);
	return configure(engine, &config, err);
}

static int kmod_set_scope(struct scap_engine *engine, uint64_t cgroup_id, struct scap_error *err)
{
	struct capture_config config = engine->config;

	config.scope_cgroup = cgroup_id;
	return configure(engine, &config, err);
}

static int kmod_set_drop_failed(struct scap_engine *engine, int on, struct scap_error *err)
{
	struct capture_config config = engine->config;

	config.drop_failed = on ? 1 : 0;
	return configure(engine, &config, err);
}

static int kmod_set_sampling(struct scap_engine *engine, uint32_t ratio, struct scap_error *err)
{
	struct capture_config config = engine->config;

	config.sampling_ratio = ratio;
	return configure(engine, &config, err);
}

static void add_counters(struct scap_stats *sum, const struct capture_counters *cpu)
{
	sum->seen += cpu->seen;
	sum->pushed += cpu->pushed;
	sum->lost_ring += cpu->lost_ring;
	sum->lost_scratch += cpu->lost_scratch;
	sum->lost_bug += cpu->lost_bug;
	sum->lost_recursion += cpu->lost_busy;
}

static int kmod_stats(struct scap_engine *engine, struct scap_stats *out, struct scap_error *err)
{
	memset(out, 0, sizeof(*out));
	for (uint32_t cpu = 0; cpu < engine->cpu_ids; cpu++) {
		struct scapyard_cpu_counters one = {.cpu = cpu};

		if (ioctl(engine->device, SCAPYARD_IOC_COUNTERS, &one) == 0)
			add_counters(out, &one.counters);
		else if (errno != EINVAL) /* EINVAL: the numbers of possible CPUs have gaps */
			return scap_fail(err, SCAP_FAILURE, "kmod: counters of CPU %u: %s", cpu,
					 strerror(errno));
	}
	return SCAP_OK;
}

static int kmod_driver_info(struct scap_engine *engine, struct scap_driver_info *out, struct scap_error *err)
{
	(void)err;
	*out = engine->info;
	return SCAP_OK;
}

const struct scap_engine_ops scap_engine_kmod = {
    .name = "kmod",
    .open = kmod_open,
    .close = kmod_close,
    .rings = kmod_rings,
    .peek = kmod_peek,
    .consume = kmod_consume,
    .start = kmod_start,
    .stop = kmod_stop,
    .reset = kmod_reset,
    .set_interest = kmod_set_interest,
    .set_snaplen = kmod_set_snaplen,
    .set_scope = kmod_set_scope,
    .set_drop_failed = kmod_set_drop_failed,
    .set_sampling = kmod_set_sampling,
    .stats = kmod_stats,
    .driver_info = kmod_driver_info,
};
