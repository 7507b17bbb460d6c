/* SPDX-License-Identifier: Apache-2.0 */
/* The engine without a driver: it has no rings, so there are no events, and every setting is as good as
 * another. */
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "error.h"

struct scap_engine {
	struct scap_driver_info info;
};

static int nodriver_open(const struct scap_live_options *options, struct scap_engine **out,
			 struct scap_error *err)
{
	struct scap_engine *engine = calloc(1, sizeof(*engine));

	(void)options;
	*out = engine;
	if (!engine)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	strcpy(engine->info.engine, "nodriver");
	return SCAP_OK;
}

static void nodriver_close(struct scap_engine *engine)
{
	free(engine);
}

static int nodriver_rings(struct scap_engine *engine, uint32_t *count, struct scap_error *err)
{
	(void)engine, (void)err;
	*count = 0;
	return SCAP_OK;
}

static const struct scap_event *nodriver_peek(struct scap_engine *engine, uint32_t ring, uint16_t *cpu)
{
	(void)engine, (void)ring, (void)cpu;
	return NULL;
}

static void nodriver_consume(struct scap_engine *engine, uint32_t ring)
{
	(void)engine, (void)ring;
}

static int nodriver_do(struct scap_engine *engine, struct scap_error *err)
{
	(void)engine, (void)err;
	return SCAP_OK;
}

static int nodriver_configure(struct scap_engine *engine, const struct capture_config *config,
			      struct scap_error *err)
{
	(void)config;
	return nodriver_do(engine, err);
}

static uint32_t nodriver_cpus(struct scap_engine *engine)
{
	(void)engine;
	return 0;
}

static int nodriver_counters(struct scap_engine *engine, uint32_t cpu, struct capture_counters *out,
			     struct scap_error *err)
{
	(void)engine;
	memset(out, 0, sizeof(*out));
	return scap_fail(err, SCAP_NOT_FOUND, "CPU %u has no counters", cpu);
}

static int nodriver_driver_info(struct scap_engine *engine, struct scap_driver_info *out,
				struct scap_error *err)
{
	*out = engine->info;
	return nodriver_do(engine, err);
}

const struct scap_engine_ops scap_engine_nodriver = {
    .name = "nodriver",
    .open = nodriver_open,
    .close = nodriver_close,
    .rings = nodriver_rings,
    .peek = nodriver_peek,
    .consume = nodriver_consume,
    .start = nodriver_do,
    .stop = nodriver_do,
    .reset = nodriver_do,
    .configure = nodriver_configure,
    .cpus = nodriver_cpus,
    .counters = nodriver_counters,
    .driver_info = nodriver_driver_info,
};
