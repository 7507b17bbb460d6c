/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cursor.h"
#include "error.h"
#include "import.h"
#include "scap_event_table.h"

/* An event between file and frame: the header's numbers are ours already, what follows is as in the file. */
struct parts {
	struct scap_event header;
	const uint8_t *lengths, *data;
	size_t width; /* of one length */
	size_t data_size;
	bool swap;
};

void importer_free(struct importer *importer)
{
	free(importer->frame);
}

static size_t header_size(const struct event_source *source)
{
	return source->version == 1 ? EVENT_HEADER_V1 : sizeof(struct scap_event);
}

int import_type(const struct event_source *source, uint16_t *type, struct scap_error *err)
{
	if (source->room < header_size(source))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "%zu bytes are no event header", source->room);
	*type = order_u16(load_u16(source->bytes + offsetof(struct scap_event, type)), source->swap);
	return SCAP_OK;
}

static uint32_t length_at(const struct parts *parts, uint32_t index)
{
	const uint8_t *at = parts->lengths + index * parts->width;

	if (parts->width == 4)
		return order_u32(load_u32(at), parts->swap);
	return order_u16(load_u16(at), parts->swap);
}

/* Events of format 1 do not say how many parameters they have: as many as fill them exactly. */
static bool count_params(struct parts *parts, size_t size)
{
	uint32_t most = scap_event_table[parts->header.type].nparams;
	uint64_t used = 0;
	bool found = size == 0;

	parts->header.nparams = 0;
	for (uint32_t n = 1; n <= most && n * parts->width <= size; n++) {
		used += length_at(parts, n - 1);
		if (n * parts->width + used != size)
			continue;
		parts->header.nparams = n;
		found = true;
	}
	return found;
}

/* In format 1, the lengths of these two counted three bytes that are not there. */
static uint32_t length_error(const struct event_source *source, uint16_t type)
{
	bool wrong = type == PPME_NOTIFICATION_E || type == PPME_INFRASTRUCTURE_EVENT_E;

	return source->version == 1 && wrong ? 3 : 0;
}

static int take_parts(const struct event_source *source, struct parts *parts, struct scap_error *err)
{
	struct cursor at = {.at = source->bytes, .end = source->bytes + source->room, .swap = source->swap};
	struct scap_event *header = &parts->header;
	size_t size = header_size(source), table;

	header->ts = take_u64(&at);
	header->tid = take_u64(&at);
	header->len = take_u32(&at);
	header->type = take_u16(&at);
	header->nparams = source->version == 1 ? 0 : take_u32(&at);
	header->len -= length_error(source, header->type);
	if (header->len < size || header->len > source->room)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "event of type %u says %u bytes; %zu are there",
				 header->type, header->len, source->room);
	parts->swap = source->swap;
	parts->width = frame_wide(header->type) ? 4 : 2;
	parts->lengths = at.at;
	if (source->version == 1 && !count_params(parts, header->len - size))
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "event of type %u: no number of parameters fits its %u bytes", header->type,
				 header->len);
	table = header->nparams * parts->width;
	if (table > header->len - size)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "event of type %u: %u parameters do not fit its %u bytes", header->type,
				 header->nparams, header->len);
	parts->data = parts->lengths + table;
	parts->data_size = header->len - size - table;
	return SCAP_OK;
}

/* Leave out parameters without a type. */
static void cut_params(struct parts *parts)
{
	uint32_t known = scap_event_table[parts->header.type].nparams;
	uint64_t sum = 0;

	if (parts->header.nparams <= known)
		return;
	parts->header.nparams = known;
	for (uint32_t i = 0; i < known; i++)
		sum += length_at(parts, i);
	if (sum < parts->data_size)
		parts->data_size = sum;
}

static struct scap_event *make_frame(struct importer *importer, struct parts *parts)
{
	size_t table = parts->header.nparams * parts->width;
	size_t size = sizeof(parts->header) + table + parts->data_size;
	uint8_t *at;

	if (size > importer->capacity) {
		uint8_t *larger = realloc(importer->frame, 2 * size);

		if (!larger)
			return NULL;
		importer->frame = larger;
		importer->capacity = 2 * size;
	}
	parts->header.len = (uint32_t)size;
	memcpy(importer->frame, &parts->header, sizeof(parts->header));
	at = importer->frame + sizeof(parts->header);
	for (uint32_t i = 0; i < parts->header.nparams; i++)
		at = parts->width == 4 ? store_u32(at, length_at(parts, i))
				       : store_u16(at, (uint16_t)length_at(parts, i));
	memcpy(at, parts->data, parts->data_size);
	return (struct scap_event *)importer->frame;
}

/* The frame was checked: its parameters lie inside it. */
static void swap_params(struct scap_event *event, const struct parts *parts)
{
	uint8_t *at = (uint8_t *)(event + 1) + event->nparams * parts->width;

	for (uint32_t i = 0; i < event->nparams; i++) {
		swap_param(&scap_event_table[event->type].params[i], at, length_at(parts, i));
		at += length_at(parts, i);
	}
}

int import_event(struct importer *importer, const struct event_source *source, const struct scap_event **out,
		 struct scap_error *err)
{
	struct scap_event *event;
	struct parts parts = {0};
	int status;

	if (source->version == 2 && !source->swap) {
		*out = (const struct scap_event *)source->bytes;
		return frame_check(*out, source->room, false, err);
	}
	status = take_parts(source, &parts, err);
	if (status != SCAP_OK)
		return status;
	if (source->swap)
		cut_params(&parts);
	event = make_frame(importer, &parts);
	if (!event)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	status = frame_check(event, event->len, false, err);
	if (status == SCAP_OK && source->swap)
		swap_params(event, &parts);
	*out = event;
	return status;
}
