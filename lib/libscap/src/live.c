/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "config.h"
#include "error.h"
#include "live.h"
#include "merge.h"

struct live {
	const struct scap_engine_ops *ops;
	struct scap_engine *engine;
	struct merge *merge;
	struct capture_config config; /* as the engine has it */
	bool running;
	uint64_t read;
};

uint64_t scap_buffer_preset(uint32_t preset)
{
	return preset >= 1 && preset <= SCAP_BUFFER_PRESET_MAX ? 1ull << (19 + preset) : 0;
}

static int take_preset(struct scap_live_options *options, struct scap_error *err)
{
	if (!options->buffer_preset)
		return SCAP_OK;
	if (options->buffer_bytes)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "buffer_bytes and buffer_preset are both given");
	options->buffer_bytes = scap_buffer_preset(options->buffer_preset);
	if (!options->buffer_bytes)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "buffer_preset %u: it is 1 to %u",
				 options->buffer_preset, SCAP_BUFFER_PRESET_MAX);
	return SCAP_OK;
}

/* Options as this library knows them, whatever the size of the caller's. */
static int take_options(const struct scap_live_options *given, struct scap_live_options *options,
			struct scap_error *err)
{
	size_t known = sizeof(*options);

	memset(options, 0, known);
	options->cpus_per_buffer = 1;
	if (given->size < offsetof(struct scap_live_options, buffer_bytes))
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "scap_live_options: size %u is too small to be right", given->size);
	memcpy(options, given, given->size < known ? given->size : known);
	options->size = (uint32_t)known;
	if (options->buffer_bytes & (options->buffer_bytes - 1))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "buffer_bytes %llu is not a power of two",
				 (unsigned long long)options->buffer_bytes);
	return take_preset(options, err);
}

static int new_merge(const struct live *live, struct merge **out, struct scap_error *err)
{
	uint64_t offset = clock_offset_ns(CLOCK_MONOTONIC);

	return merge_new(live->ops, live->engine, offset, out, err);
}

int live_open(const struct scap_engine_ops *ops, const struct scap_live_options *given, struct live **out,
	      struct scap_error *err)
{
	struct scap_live_options options;
	struct capture_config config;
	struct live *live;
	int status = take_options(given, &options, err);

	if (status == SCAP_OK)
		status = config_first(&config, &options, err);
	if (status != SCAP_OK)
		return status;
	live = calloc(1, sizeof(*live));
	if (!live)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	live->ops = ops;
	status = ops->open(&options, &live->engine, err);
	if (status == SCAP_OK)
		status = live_configure(live, &config, err);
	if (status == SCAP_OK)
		status = new_merge(live, &live->merge, err);
	if (status != SCAP_OK) {
		live_close(live);
		return status;
	}
	*out = live;
	return SCAP_OK;
}

void live_close(struct live *live)
{
	if (!live)
		return;
	merge_free(live->merge);
	if (live->engine)
		live->ops->close(live->engine);
	free(live);
}

int live_peek(struct live *live, struct scap_item *item, struct scap_error *err)
{
	int status = merge_peek(live->merge, item, err);

	if (status != SCAP_TIMEOUT)
		return status;
	merge_look(live->merge, clock_ns(CLOCK_MONOTONIC), !live->running);
	return merge_peek(live->merge, item, err);
}

void live_consume(struct live *live)
{
	merge_consume(live->merge);
	live->read++;
}

int live_start(struct live *live, struct scap_error *err)
{
	int status = live->ops->start(live->engine, err);

	if (status == SCAP_OK)
		live->running = true;
	return status;
}

int live_stop(struct live *live, struct scap_error *err)
{
	int status = live->ops->stop(live->engine, err);

	if (status == SCAP_OK)
		live->running = false;
	return status;
}

/* Rings may be emptied by the engine behind the merge's back: what it remembers of them must go too. */
int live_reset(struct live *live, struct scap_error *err)
{
	struct merge *fresh;
	int status;

	if (live->running)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "scap_reset: the capture is running");
	status = live->ops->reset(live->engine, err);
	if (status == SCAP_OK)
		status = new_merge(live, &fresh, err);
	if (status != SCAP_OK)
		return status;
	merge_free(live->merge);
	live->merge = fresh;
	live->read = 0;
	return SCAP_OK;
}

const struct capture_config *live_config(const struct live *live)
{
	return &live->config;
}

int live_configure(struct live *live, const struct capture_config *config, struct scap_error *err)
{
	int status = live->ops->configure(live->engine, config, err);

	if (status == SCAP_OK)
		live->config = *config;
	return status;
}

uint64_t live_read(const struct live *live)
{
	return live->read;
}

uint64_t live_late(const struct live *live)
{
	return merge_late(live->merge);
}

const struct scap_engine_ops *live_ops(const struct live *live)
{
	return live->ops;
}

struct scap_engine *live_engine(const struct live *live)
{
	return live->engine;
}
