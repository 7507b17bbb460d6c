/* SPDX-License-Identifier: Apache-2.0 */
#include "capture.h"

#include <stdio.h>
#include <stdlib.h>

#define BATCH_BYTES (1u << 20)

static int explain(struct scap *scap, int status, struct scap_error *err)
{
	struct scap_driver_info info = {0};

	if (status == SCAP_OK)
		return SCAP_OK;
	snprintf(err->text, sizeof err->text, "%s", scap_last_error(scap));
	if (scap_get_driver_info(scap, &info) == SCAP_OK) {
		struct scap_error plain = *err;
		snprintf(err->text, sizeof err->text, "%s: %.900s", info.engine, plain.text);
	}
	return status;
}

static int begin(struct scap *scap, const struct capture_setup *setup)
{
	int status = scap_set_scope(scap, setup->scope);

	if (status == SCAP_OK)
		status = scap_set_interest(scap, setup->interest);
	if (status == SCAP_OK)
		status = scap_set_snaplen(scap, setup->snaplen);
	if (status == SCAP_OK)
		status = scap_set_drop_failed(scap, setup->drop_failed);
	if (status == SCAP_OK)
		status = scap_reset(scap);
	return status == SCAP_OK ? scap_start(scap) : status;
}

int captures_begin(struct captures *captures, const struct capture_setup *setup, struct scap_error *err)
{
	for (int i = 0; i < MAX_CAPTURES; i++) {
		struct scap *scap = captures->open[i];
		int status = scap ? explain(scap, begin(scap, setup), err) : SCAP_OK;
		if (status != SCAP_OK)
			return status;
	}
	return SCAP_OK;
}

static int copy_batches(struct scap *scap, void *arena, struct scap_writer *writer, struct scap_error *err)
{
	for (;;) {
		size_t used;
		uint32_t count;
		int status = scap_next_batch(scap, arena, BATCH_BYTES, &used, &count);
		if (status == SCAP_TIMEOUT)
			return SCAP_OK;
		if (status != SCAP_OK)
			return explain(scap, status, err);
		status = scap_writer_batch(writer, arena, used);
		if (status != SCAP_OK) {
			snprintf(err->text, sizeof err->text, "%s", scap_writer_last_error(writer));
			return status;
		}
	}
}

static int write_machine(struct scap_writer *writer, struct scap_error *err)
{
	struct scap_machine_info machine;
	int status = scap_local_machine_info(&machine, err);

	return status == SCAP_OK ? scap_writer_machine_info(writer, &machine) : status;
}

/* Everything in the rings, as a .scap stream. */
static int drain(struct scap *scap, struct scap_writer *writer, struct writer *out, struct scap_error *err)
{
	const void *data = NULL;
	size_t size = 0;
	void *arena = aligned_alloc(8, BATCH_BYTES);
	int status = arena ? write_machine(writer, err) : SCAP_FAILURE;

	if (status == SCAP_OK)
		status = copy_batches(scap, arena, writer, err);
	if (status == SCAP_OK)
		status = scap_writer_flush(writer);
	if (status == SCAP_OK)
		status = scap_writer_memory(writer, &data, &size);
	if (status == SCAP_OK)
		write_sized(out, data, size);
	free(arena);
	return status;
}

void write_stats(struct writer *out, const struct scap_stats *stats)
{
	write_u64(out, stats->seen);
	write_u64(out, stats->pushed);
	write_u64(out, stats->lost_ring);
	write_u64(out, stats->lost_scratch);
	write_u64(out, stats->lost_recursion);
	write_u64(out, stats->lost_bug);
	write_u64(out, stats->read);
}

static int end(struct scap *scap, struct writer *out, struct scap_error *err)
{
	struct scap_stats stats = {0};
	struct scap_driver_info info = {0};
	struct scap_writer *writer = NULL;
	struct writer stream = {0};
	int status = scap_writer_open_memory(0, &writer, err);

	if (status == SCAP_OK)
		status = drain(scap, writer, &stream, err);
	if (status == SCAP_OK)
		status = explain(scap, scap_get_stats(scap, &stats), err);
	if (status == SCAP_OK)
		status = explain(scap, scap_get_driver_info(scap, &info), err);
	if (status == SCAP_OK) {
		write_string(out, info.engine);
		write_stats(out, &stats);
		write_bytes(out, stream.data, stream.size);
	}
	out->bad |= stream.bad;
	writer_free(&stream);
	if (writer)
		scap_writer_close(writer);
	return status;
}

int captures_end(struct captures *captures, struct writer *out, struct scap_error *err)
{
	int result = SCAP_OK;

	/* Stop all before reading any: the events of one driver's reading must not reach the other. */
	for (int i = 0; i < MAX_CAPTURES; i++) {
		struct scap *scap = captures->open[i];
		int status = scap ? explain(scap, scap_stop(scap), err) : SCAP_OK;
		result = result == SCAP_OK ? status : result;
	}
	write_u32(out, captures_count(captures));
	for (int i = 0; i < MAX_CAPTURES && result == SCAP_OK; i++)
		if (captures->open[i])
			result = end(captures->open[i], out, err);
	return result;
}

uint32_t captures_count(const struct captures *captures)
{
	uint32_t count = 0;

	for (int i = 0; i < MAX_CAPTURES; i++)
		count += captures->open[i] != NULL;
	return count;
}
