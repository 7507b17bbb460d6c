/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"
#include "container_json.h"
#include "convert_build.h"
#include "scap_event_table.h"

/* Bytes of a parameter, and the type they have (SCAP_PT_*). */
struct value {
	const uint8_t *bytes;
	uint32_t size;
	uint8_t type;
};

/* No defaults are longer than 8 bytes. */
static const uint8_t zeros[8], ones[4] = {0xff, 0xff, 0xff, 0xff};

/* Parameter `index`; empty if the event has fewer. Both were checked when they were read. */
static struct value param_of(const struct scap_event *event, uint32_t index)
{
	bool wide = frame_wide(event->type);
	const uint8_t *lengths = (const uint8_t *)(event + 1);
	const uint8_t *at = lengths + event->nparams * (wide ? 4 : 2);
	struct value value = {.type = SCAP_PT_NONE};

	if (index >= event->nparams)
		return value;
	for (uint32_t i = 0; i < index; i++)
		at += wide ? load_u32(lengths + 4 * i) : load_u16(lengths + 2 * i);
	value.bytes = at;
	value.size = wide ? load_u32(lengths + 4 * index) : load_u16(lengths + 2 * index);
	value.type = scap_event_table[event->type].params[index].type;
	return value;
}

/* 0; for users and groups "none"; empty where the length comes with the event. */
static struct value default_of(uint8_t type)
{
	bool owner = type == SCAP_PT_UID || type == SCAP_PT_GID;
	struct value value = {.bytes = owner ? ones : zeros, .size = scap_type_size[type], .type = type};

	if (value.size > sizeof(zeros))
		value.size = 0;
	return value;
}

static struct value value_of(const struct scap_conversion_source *source, uint8_t type,
			     const struct scap_event *event, const struct scap_event *enter)
{
	static const struct value empty;

	switch (source->from) {
	case SCAP_FROM_OLD:
		return param_of(event, source->index);
	case SCAP_FROM_ENTER:
		return enter ? param_of(enter, source->index) : default_of(type);
	case SCAP_FROM_ENTER_OR_EMPTY:
		return enter ? param_of(enter, source->index) : empty;
	case SCAP_FROM_DEFAULT:
		return default_of(type);
	default:
		return empty;
	}
}

/* A value longer than its new type is cut: of a number, the high bytes go. */
static struct value fit(struct value value, uint8_t type)
{
	uint32_t limit = scap_type_size[type];

	if (limit == 0 || value.size <= limit)
		return value;
	if (value.type == SCAP_PT_DYN) { /* without its tag */
		value.bytes++;
		value.size--;
		value.type = type;
		return fit(value, type);
	}
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value.bytes += value.size - limit;
#endif
	value.size = limit;
	return value;
}

size_t build_size(const struct scap_conversion *row, const struct scap_event *event,
		  const struct scap_event *enter)
{
	size_t size = sizeof(*event) + row->count * (sizeof(uint32_t) + sizeof(zeros)) + event->len +
		      (enter ? enter->len : 0);

	for (uint32_t i = 0; i < row->count; i++)
		if (row->sources[i].from == SCAP_FROM_CONTAINER_JSON)
			size += CONTAINER_JSON_ROOM(event->len);
	return size;
}

static uint32_t put_container_json(uint8_t *to, const struct scap_event *event)
{
	struct value id = param_of(event, 0), type = param_of(event, 1), name = param_of(event, 2),
		     image = param_of(event, 3);
	struct container container = {
	    .id = {(const char *)id.bytes, id.size},
	    .name = {(const char *)name.bytes, name.size},
	    .image = {(const char *)image.bytes, image.size},
	    .type = type.size == sizeof(uint32_t) ? load_u32(type.bytes) : 0,
	};

	return id.size > 0 ? container_json((char *)to, &container) : 0;
}

/* Put parameter `index` of the new event at `at`; how long it became. */
static uint32_t put_param(const struct scap_conversion *row, uint32_t index, const struct scap_event *event,
			  const struct scap_event *enter, uint8_t *at)
{
	uint8_t type = scap_event_table[row->to].params[index].type;
	struct value value;

	if (row->sources[index].from == SCAP_FROM_CONTAINER_JSON)
		return put_container_json(at, event);
	value = fit(value_of(&row->sources[index], type, event, enter), type);
	if (value.size > 0)
		memcpy(at, value.bytes, value.size);
	return value.size;
}

void build_event(const struct scap_conversion *row, const struct scap_event *event,
		 const struct scap_event *enter, struct scap_event *to)
{
	bool wide = frame_wide(row->to);
	uint8_t *length = (uint8_t *)(to + 1), *at = length + row->count * (wide ? 4 : 2);

	*to = *event;
	to->type = row->to;
	to->nparams = row->count;
	for (uint32_t i = 0; i < row->count; i++) {
		uint32_t size = put_param(row, i, event, enter, at);

		if (!wide && size > UINT16_MAX)
			size = UINT16_MAX;
		at += size;
		length = wide ? store_u32(length, size) : store_u16(length, (uint16_t)size);
	}
	to->len = (uint32_t)(at - (uint8_t *)to);
}
