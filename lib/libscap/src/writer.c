/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "bytes.h"
#include "error.h"
#include "format.h"
#include "frame.h"
#include "writer.h"

static int put(struct scap_writer *writer, const void *data, size_t size)
{
	if (!writer->output) /* the change to the next file failed, and said why */
		return SCAP_FAILURE;
	return output_write(writer->output, data, size, &writer->error);
}

/* Without memory, the next file begins with less: told when it is begun. */
static void remember(struct scap_writer *writer, const void *data, size_t size)
{
	if (writer->rotating && !writer->had_event)
		pack_bytes(&writer->head, data, size);
}

/* Header, body in two parts, padding, trailer. */
int writer_block(struct scap_writer *writer, uint32_t type, const void *head, uint32_t head_size,
		 const void *tail, uint32_t tail_size)
{
	uint32_t body = pad4(head_size + tail_size), total = order_u32(BLOCK_MIN + body, writer->swap);
	uint8_t begin[BLOCK_HEADER], end[3 + BLOCK_TRAILER] = {0};
	uint32_t padding = body - head_size - tail_size;
	const struct {
		const void *data;
		size_t size;
	} parts[] = {
	    {begin, sizeof(begin)}, {head, head_size}, {tail, tail_size}, {end, padding + BLOCK_TRAILER}};
	int status = SCAP_OK;

	store_u32(store_u32(begin, order_u32(type, writer->swap)), total);
	store_u32(end + padding, total);
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && status == SCAP_OK; i++) {
		if (parts[i].size == 0)
			continue;
		status = put(writer, parts[i].data, parts[i].size);
		remember(writer, parts[i].data, parts[i].size);
	}
	return status;
}

int writer_section(struct scap_writer *writer)
{
	struct packer body = {.swap = writer->swap};
	int status;

	pack_u32(&body, SECTION_MAGIC);
	pack_u16(&body, SECTION_MAJOR);
	pack_u16(&body, SECTION_MINOR);
	pack_u64(&body, UINT64_MAX); /* length unknown */
	writer->head.size = 0;
	writer->had_event = false;
	status = body.no_memory ? scap_fail(&writer->error, SCAP_FAILURE, "out of memory")
				: writer_block(writer, BLOCK_SECTION, body.data, SECTION_BODY, NULL, 0);
	free(body.data);
	return status;
}

static bool machine_is_big_endian(void)
{
	const uint16_t one = 1;

	return *(const uint8_t *)&one == 0;
}

static int new_writer(uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	const uint32_t orders = SCAP_WRITE_BIG_ENDIAN | SCAP_WRITE_LITTLE_ENDIAN;
	struct scap_writer *writer;

	*out = NULL;
	if (flags & ~(SCAP_WRITE_GZIP | orders))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "unknown writer flags 0x%x", flags);
	if ((flags & orders) == orders)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "a file is big-endian or little-endian, not both");
	writer = calloc(1, sizeof(*writer));
	if (!writer)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	writer->gzip = flags & SCAP_WRITE_GZIP;
	writer->swap = flags & (machine_is_big_endian() ? SCAP_WRITE_LITTLE_ENDIAN : SCAP_WRITE_BIG_ENDIAN);
	*out = writer;
	return SCAP_OK;
}

/* `status`: of the opening of its output. */
static int begin(struct scap_writer *writer, int status, struct scap_writer **out, struct scap_error *err)
{
	if (status == SCAP_OK) {
		status = writer_section(writer);
		if (status != SCAP_OK && err)
			*err = writer->error;
	}
	if (status == SCAP_OK) {
		*out = writer;
		return SCAP_OK;
	}
	*out = NULL;
	scap_writer_close(writer);
	return status;
}

int scap_writer_open_file(const char *path, uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	int status = new_writer(flags, out, err);

	if (status != SCAP_OK)
		return status;
	if (path)
		status = output_open(path, (*out)->gzip, &(*out)->output, err);
	else
		status = scap_fail(err, SCAP_ILLEGAL_INPUT, "no file name");
	if (status == SCAP_OK)
		(*out)->files = 1;
	return begin(*out, status, out, err);
}

int scap_writer_open_fd(int fd, uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	int status = new_writer(flags, out, err);

	if (status != SCAP_OK)
		return status;
	return begin(*out, output_open_fd(fd, (*out)->gzip, &(*out)->output, err), out, err);
}

int scap_writer_open_memory(uint32_t flags, struct scap_writer **out, struct scap_error *err)
{
	int status = new_writer(flags, out, err);

	if (status != SCAP_OK)
		return status;
	return begin(*out, output_open(NULL, (*out)->gzip, &(*out)->output, err), out, err);
}

int scap_writer_open_rotating(const char *path, uint32_t flags, const struct scap_rotation *rotation,
			      struct scap_writer **out, struct scap_error *err)
{
	int status = new_writer(flags, out, err);

	if (status != SCAP_OK)
		return status;
	return begin(*out, rotation_open(*out, path, rotation, err), out, err);
}

int scap_writer_section(struct scap_writer *writer)
{
	return writer_section(writer);
}

int writer_before_events(struct scap_writer *writer, const char *what)
{
	if (!writer->had_event)
		return SCAP_OK;
	return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT, "%s must come before the first event", what);
}

int scap_writer_machine_info(struct scap_writer *writer, const struct scap_machine_info *info)
{
	char hostname[MACHINE_HOSTNAME] = {0};
	struct packer body = {.swap = writer->swap};
	int status = writer_before_events(writer, "machine info");

	if (status != SCAP_OK)
		return status;
	memcpy(hostname, info->hostname, strnlen(info->hostname, MACHINE_HOSTNAME - 1));
	pack_u32(&body, info->num_cpus);
	pack_u64(&body, info->memory_bytes);
	pack_u64(&body, info->max_pid);
	pack_bytes(&body, hostname, sizeof(hostname));
	pack_u64(&body, info->boot_ts_ns);
	pack_u64(&body, info->flags);
	pack_u64(&body, 0); /* two reserved words */
	pack_u64(&body, 0);
	status = body.no_memory ? scap_fail(&writer->error, SCAP_FAILURE, "out of memory")
				: writer_block(writer, BLOCK_MACHINE, body.data, MACHINE_BODY, NULL, 0);
	free(body.data);
	return status;
}

static uint32_t event_block(bool with_flags, bool large)
{
	if (with_flags)
		return large ? BLOCK_EVENT_FLAGS_V2_LARGE : BLOCK_EVENT_FLAGS_V2;
	return large ? BLOCK_EVENT_V2_LARGE : BLOCK_EVENT_V2;
}

static int check_event(struct scap_writer *writer, const struct scap_event *event)
{
	int status = frame_check(event, event->len, true, &writer->error);

	if (status != SCAP_OK)
		return status;
	if (!frame_known(event->type))
		return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT,
				 "event type %u is not in the event table", event->type);
	if (event->len > BLOCK_MAX - 64)
		return scap_fail(&writer->error, SCAP_ILLEGAL_INPUT, "an event of %u bytes is too large",
				 event->len);
	return SCAP_OK;
}

static int put_event(struct scap_writer *writer, const struct scap_event *event, uint16_t cpu, uint32_t flags)
{
	const void *frame = event;
	uint8_t head[6];
	uint32_t head_size = flags ? 6 : 2, size = event->len;
	bool large = frame_wide(event->type);

	if (writer->swap) {
		frame = export_frame(&writer->frame, event, &size);
		if (!frame)
			return scap_fail(&writer->error, SCAP_FAILURE, "out of memory");
	}
	if (BLOCK_MIN + pad4(head_size + size) > EVENT_BLOCK_MAX)
		large = true;
	store_u32(store_u16(head, order_u16(cpu, writer->swap)), order_u32(flags, writer->swap));
	return writer_block(writer, event_block(flags != 0, large), head, head_size, frame, size);
}

int scap_writer_event(struct scap_writer *writer, const struct scap_event *event, uint16_t cpu,
		      uint32_t flags)
{
	int status = check_event(writer, event);

	if (status == SCAP_OK && scap_writer_due(writer, event->ts, event->len))
		status = rotation_next(writer, true);
	if (status != SCAP_OK)
		return status;
	if (writer->file_events == 0)
		writer->first_ts = event->ts;
	writer->had_event = true;
	writer->file_events++;
	writer->total_events++;
	return put_event(writer, event, cpu, flags);
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
	return writer->output ? output_flush(writer->output, &writer->error) : SCAP_FAILURE;
}

int scap_writer_memory(struct scap_writer *writer, const void **data, size_t *size)
{
	*data = NULL;
	*size = 0;
	return writer->output ? output_memory(writer->output, data, size, &writer->error) : SCAP_FAILURE;
}

int scap_writer_get_info(const struct scap_writer *writer, struct scap_writer_info *out)
{
	*out = (struct scap_writer_info){
	    .events = writer->file_events,
	    .total_events = writer->total_events,
	    .files = writer->files,
	};
	if (writer->output) {
		out->bytes = output_plain_bytes(writer->output);
		out->path = output_path(writer->output);
	}
	return SCAP_OK;
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
	status = writer->output ? output_close(writer->output, NULL) : SCAP_FAILURE;
	free(writer->base);
	free(writer->head.data);
	free(writer->frame.data);
	free(writer);
	return status;
}
