/* SPDX-License-Identifier: Apache-2.0 */
/* The kmod engine: control of the kernel module through its device. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "clock.h"
#include "engine_kmod.h"

#define RING_BYTES_DEFAULT (8u << 20)

/* Map those that the module has made and we do not know yet. */
static int rings_update(struct scap_engine *engine, struct scap_error *err)
{
	uint32_t made = engine->info.rings;

	if (engine->ring_count > 0)
		made = __atomic_load_n(&engine->rings[0].producer->rings, __ATOMIC_ACQUIRE);
	while (engine->ring_count < made && engine->ring_count < engine->cpu_ids) {
		uint32_t next = engine->ring_count;
		int status =
		    kmod_ring_open(&engine->rings[next], engine->device, next, engine->info.ring_bytes, err);

		if (status != SCAP_OK)
			return status;
		engine->ring_count++;
	}
	return SCAP_OK;
}

static int rings_open(struct scap_engine *engine, struct scap_error *err)
{
	engine->rings = calloc(engine->cpu_ids, sizeof(*engine->rings));
	if (!engine->rings)
		return scap_fail(err, SCAP_FAILURE, "kmod: no memory for %u rings", engine->cpu_ids);
	return rings_update(engine, err);
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
	engine->cpu_ids = setup.cpu_ids;
	engine->info.rings = setup.rings;
	engine->info.ring_bytes = setup.ring_bytes;
	return rings_open(engine, err);
}

/* Hand `config` to the module; it becomes the engine's only if the module takes it. */
static int kmod_configure(struct scap_engine *engine, const struct capture_config *config,
			  struct scap_error *err)
{
	struct capture_config full = *config;

	full.boot_offset_ns = engine->config.boot_offset_ns;
	if (ioctl(engine->device, SCAPYARD_IOC_CONFIG, &full) < 0)
		return scap_fail(err, errno == EINVAL ? SCAP_ILLEGAL_INPUT : SCAP_FAILURE,
				 "kmod: the module refuses the settings (snaplen %u): %s", config->snaplen,
				 strerror(errno));
	engine->config = full;
	return SCAP_OK;
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
	if (status != SCAP_OK) {
		kmod_close(engine);
		return status;
	}
	engine->info.load_ns = clock_ns(CLOCK_MONOTONIC) - began;
	*out = engine;
	return SCAP_OK;
}

static int kmod_rings(struct scap_engine *engine, uint32_t *count, struct scap_error *err)
{
	int status = rings_update(engine, err);

	*count = engine->ring_count;
	return status;
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
	int status;

	engine->config.boot_offset_ns = clock_offset_ns(CLOCK_BOOTTIME);
	status = kmod_configure(engine, &engine->config, err);
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

static uint32_t kmod_cpus(struct scap_engine *engine)
{
	return engine->cpu_ids;
}

static int kmod_counters(struct scap_engine *engine, uint32_t cpu, struct capture_counters *out,
			 struct scap_error *err)
{
	struct scapyard_cpu_counters one = {.cpu = cpu};

	memset(out, 0, sizeof(*out));
	if (ioctl(engine->device, SCAPYARD_IOC_COUNTERS, &one) < 0) /* EINVAL: possible CPUs have gaps */
		return scap_fail(err, errno == EINVAL ? SCAP_NOT_FOUND : SCAP_FAILURE,
				 "kmod: counters of CPU %u: %s", cpu, strerror(errno));
	*out = one.counters;
	return SCAP_OK;
}

static int kmod_driver_info(struct scap_engine *engine, struct scap_driver_info *out, struct scap_error *err)
{
	(void)err;
	*out = engine->info;
	out->rings = engine->ring_count;
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
    .configure = kmod_configure,
    .cpus = kmod_cpus,
    .counters = kmod_counters,
    .driver_info = kmod_driver_info,
};
