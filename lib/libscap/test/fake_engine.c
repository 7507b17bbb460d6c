/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "../src/error.h"
#include "fake_engine.h"
#include "scap_schema.h"

struct fake_ring {
	struct scap_event *events;
	uint32_t pushed, taken, capacity;
};

struct scap_engine {
	uint32_t rings;
	uint64_t ring_bytes;
	struct capture_config config;
	struct capture_counters counters[FAKE_RINGS];
	struct fake_ring ring[FAKE_RINGS];
	struct scap_event shown[FAKE_RINGS]; /* what peek lends: scribbled over by consume */
};

static uint32_t next_rings = 1;
static struct scap_engine *last;
static int open_engines;

void fake_set_rings(uint32_t rings)
{
	next_rings = rings;
}

int fake_open_engines(void)
{
	return open_engines;
}

void fake_push_tid(uint32_t number, uint64_t ts, uint64_t tid)
{
	struct fake_ring *ring = &last->ring[number];

	if (ring->pushed == ring->capacity) {
		ring->capacity = ring->capacity ? 2 * ring->capacity : 16;
		ring->events = realloc(ring->events, ring->capacity * sizeof(*ring->events));
	}
	ring->events[ring->pushed] = (struct scap_event){
	    .ts = ts,
	    .tid = tid,
	    .len = sizeof(struct scap_event),
	    .type = PPME_SYSCALL_CLOSE_X,
	};
	ring->pushed++;
}

void fake_push(uint32_t number, uint64_t ts)
{
	fake_push_tid(number, ts, 0);
}

void fake_damage(uint32_t ring, uint32_t place, uint32_t len)
{
	last->ring[ring].events[place].len = len;
}

static int fake_open(const struct scap_live_options *options, struct scap_engine **out,
		     struct scap_error *err)
{
	if (options->scope_cgroup == 404)
		return scap_fail(err, SCAP_NOT_SUPPORTED, "version: asked to fail");
	last = calloc(1, sizeof(*last));
	if (!last)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	last->rings = next_rings;
	last->ring_bytes = options->buffer_bytes;
	open_engines++;
	*out = last;
	return SCAP_OK;
}

static void fake_close(struct scap_engine *engine)
{
	for (uint32_t i = 0; i < FAKE_RINGS; i++)
		free(engine->ring[i].events);
	free(engine);
	open_engines--;
}

static int fake_rings(struct scap_engine *engine, uint32_t *count, struct scap_error *err)
{
	(void)err;
	*count = engine->rings;
	return SCAP_OK;
}

static const struct scap_event *fake_peek(struct scap_engine *engine, uint32_t number, uint16_t *cpu)
{
	struct fake_ring *ring = &engine->ring[number];

	if (ring->taken == ring->pushed)
		return NULL;
	engine->shown[number] = ring->events[ring->taken];
	*cpu = (uint16_t)number;
	return &engine->shown[number];
}

static void fake_consume(struct scap_engine *engine, uint32_t number)
{
	memset(&engine->shown[number], 0xee, sizeof(engine->shown[number]));
	engine->ring[number].taken++;
}

static int fake_switch(struct scap_engine *engine, struct scap_error *err)
{
	(void)engine;
	(void)err;
	return SCAP_OK;
}

static int fake_reset(struct scap_engine *engine, struct scap_error *err)
{
	(void)err;
	for (uint32_t i = 0; i < engine->rings; i++)
		engine->ring[i].taken = engine->ring[i].pushed;
	return SCAP_OK;
}

static int fake_configure(struct scap_engine *engine, const struct capture_config *config,
			  struct scap_error *err)
{
	if (config->snaplen == FAKE_REFUSED_SNAPLEN)
		return scap_fail(err, SCAP_FAILURE, "refused");
	engine->config = *config;
	return SCAP_OK;
}

const struct capture_config *fake_config(void)
{
	return &last->config;
}

uint64_t fake_ring_bytes(void)
{
	return last->ring_bytes;
}

/* A CPU for each ring. */
static uint32_t fake_cpus(struct scap_engine *engine)
{
	return engine->rings;
}

static int fake_counters(struct scap_engine *engine, uint32_t cpu, struct capture_counters *out,
			 struct scap_error *err)
{
	memset(out, 0, sizeof(*out));
	if (cpu == FAKE_GAP)
		return scap_fail(err, SCAP_NOT_FOUND, "no CPU %u", cpu);
	*out = engine->counters[cpu];
	out->pushed += engine->ring[cpu].pushed;
	out->seen += engine->ring[cpu].pushed;
	return SCAP_OK;
}

struct capture_counters *fake_losses(uint32_t cpu)
{
	return &last->counters[cpu];
}

static uint64_t fake_skipped(struct scap_engine *engine)
{
	(void)engine;
	return FAKE_SKIPPED;
}

static int fake_program(struct scap_engine *engine, uint32_t number, struct engine_program *out)
{
	(void)engine;
	*out = (struct engine_program){.name = "hook", .runs = 4, .ns = 100};
	return number == 0 ? SCAP_OK : SCAP_NOT_FOUND;
}

static int fake_driver_info(struct scap_engine *engine, struct scap_driver_info *out, struct scap_error *err)
{
	(void)err;
	*out = (struct scap_driver_info){.engine = "fake", .rings = engine->rings};
	return SCAP_OK;
}

void fake_grow(uint32_t rings)
{
	last->rings = rings;
}

const struct scap_engine_ops fake_engine = {
    .name = "fake",
    .open = fake_open,
    .close = fake_close,
    .rings = fake_rings,
    .peek = fake_peek,
    .consume = fake_consume,
    .start = fake_switch,
    .stop = fake_switch,
    .reset = fake_reset,
    .configure = fake_configure,
    .cpus = fake_cpus,
    .counters = fake_counters,
    .skipped = fake_skipped,
    .program = fake_program,
    .driver_info = fake_driver_info,
};
