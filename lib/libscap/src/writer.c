/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "bytes.h"
#include "error.h"
#include "format.h"
#include "frame.h"
#include "output.h"

struct scap_writer {
	struct output *output;
	bool events; /* the first event is out: no metadata any more */
	struct scap_error error;
};

static int put(struct scap_writer *writer, const void *data, size_t size)
{
	return output_write(writer->output, data, size, &writer->error);
}

/* Header, body in two parts, padding, trailer. */
static int put_block(struct scap_writer *writer, uint32_t type, const void *head, uint32_t head_size,
		     const void *tail, uint32_t tail_size)
{
	uint32_t body = pad4(head_size + tail_size), total = BLOCK_MIN + body;
	uint8_t begin[BLOCK_HEADER], end[3 + BLOCK_TRAILER] = {0};
	uint32_t padding = body - head_size - tail_size;
	int status;

	store_u32(store_u32(begin, type), total);
	store_u32(end + padding, total);
	status = put(writer, begin, sizeof(begin));
	if (status == SCAP_OK)
		status = put(writer, head, head_size);
	if (status == SCAP_OK && tail_size > 0)
		status = put(writer, tail, tail_size);
	if (status == SCAP_OK)
		status = put(writer, end, padding + BLOCK_TRAILER);
	return status;
}

static int put_section(struct scap_writer *writer)
{
	uint8_t body[SECTION_BODY], *at = body;

	at = store_u32(at, SECTION_MAGIC);
	at = store_u16(at, SECTION_MAJOR);
	at = store_u16(at, SECTION_MINOR);
	store_u64(at, UINT64_MAX); /* length unknown */
	return put_block(writer, BLOCK_SECTION, body, sizeof(body), NULL, 0);
}

static int open_writer(const char *path, uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	struct scap_writer *writer;
	int status;

	*out = NULL;
	if (flags & ~(uint32_t)SCAP_WRITE_GZIP)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "unknown writer flags 0x%x", flags);
	writer = calloc(1, sizeof(*writer));
	if (!writer)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	status = output_open(path, flags & SCAP_WRITE_GZIP, &writer->output, err);
	if (status != SCAP_OK) {
		free(writer);
		return status;
	}
	put_section(writer); /* only fills a buffer: cannot fail yet */
	*out = writer;
	return SCAP_OK;
}

int scap_writer_open_file(const char *path, uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	if (!path)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "no file name");
	return open_writer(path, flags, out, err);
}

int scap_writer_open_memory(uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	return open_writer(NULL, flags, out, err);
}

int scap_writer_machine_info(struct scap_writer *writer, const struct scap_machine_info *info)
{
	uint8_t body[MACHINE_BODY] = {0}, *at = body;

	if (writer->events)
		return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT,
				 "machine info must come before the first event");
	at = store_u32(at, info->num_cpus);
	at = store_u64(at, info->memory_bytes);
	at = store_u64(at, info->max_pid);
	memcpy(at, info->hostname, strnlen(info->hostname, MACHINE_HOSTNAME - 1));
	at = store_u64(at + MACHINE_HOSTNAME, info->boot_ts_ns);
	store_u64(at, info->flags); /* two reserved words stay 0 */
	return put_block(writer, BLOCK_MACHINE, body, sizeof(body), NULL, 0);
}

static uint32_t event_block(bool with_flags, bool large)
{
	if (with_flags)
		return large ? BLOCK_EVENT_FLAGS_V2_LARGE : BLOCK_EVENT_FLAGS_V2;
	return large ? BLOCK_EVENT_V2_LARGE : BLOCK_EVENT_V2;
}

int scap_writer_event(struct scap_writer *writer, const struct scap_event *event, uint16_t cpu,
		      uint32_t flags)
{
	uint8_t head[6];
	uint32_t head_size = flags ? 6 : 2, room = event->len;
	bool large = frame_wide(event->type);
	int status = frame_check(event, room, true, &writer->error);

	if (status != SCAP_OK)
		return status;
	if (!frame_known(event->type))
		return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT,
				 "event type %u is not in the event table", event->type);
	if (room > BLOCK_MAX - 64)
		return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT, "an event of %u bytes is too large",
				 room);
	if (BLOCK_MIN + pad4(head_size + room) > EVENT_BLOCK_MAX)
		large = true;
	store_u32(store_u16(head, cpu), flags);
	writer->events = true;
	return put_block(writer, event_block(flags != 0, large), head, head_size, event, room);
}

int scap_writer_batch(struct scap_writer *writer, const void *arena, size_t used)
{
	const uint8_t *at = arena, *end = at + used;

	while (at < end) {
		struct scap_record record;
		const struct scap_event *event = (const struct scap_event *)(at + sizeof(record));
		size_t left = (size_t)(end - at);
		int status;

		if (left < sizeof(record) + sizeof(*event))
			return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT, "a batch ends inside a record");
		memcpy(&record, at, sizeof(record));
		if (record.size > left || record.size < sizeof(record) + (uint64_t)event->len)
			return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT,
					 "a record of %u bytes with an event of %u in %zu bytes of batch",
					 record.size, event->len, left);
		status = scap_writer_event(writer, event, record.cpu, record.flags);
		if (status != SCAP_OK)
			return status;
		at += record.size;
	}
	return SCAP_OK;
}

int scap_writer_flush(struct scap_writer *writer)
{
	return output_flush(writer->output, &writer->error);
}

int scap_writer_memory(struct scap_writer *writer, const void **data, size_t *size)
{
	return output_memory(writer->output, data, size, &writer->error);
}

const char *scap_writer_last_error(const struct scap_writer *writer)
{
	return writer ? writer->error.text : "";
}

int scap_writer_close(struct scap_writer *writer)
{
	int status;

	if (!writer)
		return SCAP_OK;
	status = output_close(writer->output, NULL);
	free(writer);
	return status;
}
