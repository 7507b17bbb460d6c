/* SPDX-License-Identifier: Apache-2.0 */
#include "capture.h"

#include <stdio.h>

#define BATCH_BYTES (1u << 20)

static int explain(struct scap *scap, int status, struct scap_error *err)
{
	struct scap_driver_info info = {0};
	char text[sizeof err->text];

	if (status == SCAP_OK)
		return SCAP_OK;
	snprintf(text, sizeof text, "%s", scap_last_error(scap));
	scap_get_driver_info(scap, &info);
	snprintf(err->text, sizeof err->text, "%.15s: %.1000s", info.engine, text);
	return status;
}

static int explain_writer(struct scap_writer *writer, int status, struct scap_error *err)
{
	if (status != SCAP_OK)
		snprintf(err->text, sizeof err->text, "%s", scap_writer_last_error(writer));
	return status;
}

/* A stream in memory that begins with the machine's facts. */
static int open_stream(struct capture *capture, struct scap_error *err)
{
	struct scap_machine_info machine;
	int status = scap_writer_open_memory(0, &capture->stream, err);

	if (status == SCAP_OK)
		status = scap_local_machine_info(&machine, err);
	if (status != SCAP_OK)
		return status;
	return explain_writer(capture->stream, scap_writer_machine_info(capture->stream, &machine), err);
}

static int start(struct scap *scap, const struct capture_setup *setup)
{
	int status = scap_set_scope(scap, setup->scope);

	if (status == SCAP_OK)
		status = scap_set_interest(scap, setup->interest);
	if (status == SCAP_OK)
		status = scap_set_snaplen(scap, setup->snaplen);
	if (status == SCAP_OK)
		status = scap_set_dynamic_snaplen(scap, setup->dynamic_snaplen);
	if (status == SCAP_OK)
		status = scap_set_fullcapture_ports(scap, setup->fullcapture_first, setup->fullcapture_last);
	if (status == SCAP_OK)
		status = scap_set_statsd_port(scap, setup->statsd_port);
	if (status == SCAP_OK)
		status = scap_set_drop_failed(scap, setup->drop_failed);
	if (status == SCAP_OK)
		status = scap_set_sampling(scap, setup->sampling);
	if (status == SCAP_OK)
		status = scap_reset(scap);
	return status == SCAP_OK ? scap_start(scap) : status;
}

int captures_begin(struct captures *captures, const struct capture_setup *setup, struct scap_error *err)
{
	int status = SCAP_OK;

	for (int i = 0; i < MAX_CAPTURES && status == SCAP_OK; i++)
		if (captures->open[i].scap)
			status = open_stream(&captures->open[i], err);
	for (int i = 0; i < MAX_CAPTURES && status == SCAP_OK; i++)
		if (captures->open[i].scap)
			status = explain(captures->open[i].scap, start(captures->open[i].scap, setup), err);
	return status;
}

static int pump(struct capture *capture, struct scap_error *err)
{
	static _Alignas(8) uint8_t arena[BATCH_BYTES];
	size_t used;
	uint32_t count;

	for (;;) {
		int status = scap_next_batch(capture->scap, arena, sizeof arena, &used, &count);
		if (status == SCAP_TIMEOUT)
			return SCAP_OK;
		if (status != SCAP_OK)
			return explain(capture->scap, status, err);
		status = scap_writer_batch(capture->stream, arena, used);
		if (status != SCAP_OK)
			return explain_writer(capture->stream, status, err);
	}
}

int captures_pump(struct captures *captures, struct scap_error *err)
{
	int status = SCAP_OK;

	for (int i = 0; i < MAX_CAPTURES && status == SCAP_OK; i++)
		if (captures->open[i].stream)
			status = pump(&captures->open[i], err);
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
	write_u64(out, stats->late);
}

static int write_capture(struct capture *capture, struct writer *out, struct scap_error *err)
{
	struct scap_stats stats = {0};
	struct scap_driver_info info = {0};
	const void *data = NULL;
	size_t size = 0;
	int status = explain(capture->scap, scap_get_stats(capture->scap, &stats), err);

	if (status == SCAP_OK)
		status = explain(capture->scap, scap_get_driver_info(capture->scap, &info), err);
	if (status == SCAP_OK)
		status = explain_writer(capture->stream, scap_writer_flush(capture->stream), err);
	if (status == SCAP_OK)
		status =
		    explain_writer(capture->stream, scap_writer_memory(capture->stream, &data, &size), err);
	if (status != SCAP_OK)
		return status;
	write_string(out, info.engine);
	write_stats(out, &stats);
	write_sized(out, data, size);
	return SCAP_OK;
}

int captures_end(struct captures *captures, struct writer *out, struct scap_error *err)
{
	struct scap_error later;
	int status = SCAP_OK;

	/* Stop all before reading any: reading one driver is work that the other could see. The first error
	 * counts. */
	for (int i = 0; i < MAX_CAPTURES; i++) {
		struct capture *capture = &captures->open[i];
		struct scap_error *why = status == SCAP_OK ? err : &later;
		int stopped =
		    capture->stream ? explain(capture->scap, scap_stop(capture->scap), why) : SCAP_OK;
		status = status == SCAP_OK ? stopped : status;
	}
	if (status == SCAP_OK)
		status = captures_pump(captures, err);
	write_u32(out, captures_count(captures));
	for (int i = 0; i < MAX_CAPTURES; i++) {
		struct capture *capture = &captures->open[i];
		if (capture->stream && status == SCAP_OK)
			status = write_capture(capture, out, err);
		if (capture->stream)
			scap_writer_close(capture->stream);
		capture->stream = NULL;
	}
	return status;
}

uint32_t captures_count(const struct captures *captures)
{
	uint32_t count = 0;

	for (int i = 0; i < MAX_CAPTURES; i++)
		count += captures->open[i].scap != NULL;
	return count;
}
