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

	for (uint32_t i = 0; i < row->nsources; i++)
		if (row->sources[i].from == SCAP_FROM_CONTAINER_JSON)
			size += CONTAINER_JSON_ROOM(event->len);
	return size;
}

static uint32_t container_json_of(uint8_t *to, const struct scap_event *event)
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

/* The event that is being made: its next parameter, and where the length and the bytes of that go. */
struct build {
	const struct scap_param_info *param;
	uint8_t *length, *at;
	bool wide;
};

/* The bytes of the next parameter are there. */
static void put_length(struct build *build, uint32_t size)
{
	if (!build->wide && size > UINT16_MAX)
		size = UINT16_MAX;
	build->length =
	    build->wide ? store_u32(build->length, size) : store_u16(build->length, (uint16_t)size);
	build->at += size;
	build->param++;
}

static void put(struct build *build, struct value value)
{
	value = fit(value, build->param->type);
	if (value.size > 0)
		memcpy(build->at, value.bytes, value.size);
	put_length(build, value.size);
}

/* Put parameters of `from` in one piece; false, and nothing done, if they must be looked at one by one. */
static bool put_whole(struct build *build, const struct scap_event *from, uint32_t first, uint32_t count)
{
	const uint8_t *lengths = (const uint8_t *)(from + 1), *at = lengths + 2 * (size_t)from->nparams;
	uint32_t size = 0;

	if (build->wide || frame_wide(from->type) || first + count > from->nparams)
		return false;
	for (uint32_t i = 0; i < first; i++)
		at += load_u16(lengths + 2 * i);
	lengths += 2 * first;
	for (uint32_t i = 0; i < count; i++) {
		uint16_t length = load_u16(lengths + 2 * i);
		uint8_t limit = build->param[i].size;

		if (limit > 0 && length > limit)
			return false;
		store_u16(build->length + 2 * i, length);
		size += length;
	}
	memcpy(build->at, at, size);
	build->length += 2 * count;
	build->at += size;
	build->param += count;
	return true;
}

static void put_params(struct build *build, const struct scap_event *from,
		       const struct scap_conversion_source *source)
{
	if (put_whole(build, from, source->index, source->count))
		return;
	for (uint32_t i = 0; i < source->count; i++)
		put(build, param_of(from, source->index + i));
}

static void put_defaults(struct build *build, uint32_t count)
{
	while (count-- > 0)
		put(build, default_of(build->param->type));
}

static void put_empty(struct build *build, uint32_t count)
{
	static const struct value empty;

	while (count-- > 0)
		put(build, empty);
}

/* `enter` was lost if it is NULL. */
static void put_from_enter(struct build *build, const struct scap_event *enter,
			   const struct scap_conversion_source *source)
{
	if (enter)
		put_params(build, enter, source);
	else if (source->from == SCAP_FROM_ENTER)
		put_defaults(build, source->count);
	else
		put_empty(build, source->count);
}

static void put_source(struct build *build, const struct scap_event *event, const struct scap_event *enter,
		       const struct scap_conversion_source *source)
{
	switch (source->from) {
	case SCAP_FROM_OLD:
		put_params(build, event, source);
		break;
	case SCAP_FROM_ENTER:
	case SCAP_FROM_ENTER_OR_EMPTY:
		put_from_enter(build, enter, source);
		break;
	case SCAP_FROM_DEFAULT:
		put_defaults(build, source->count);
		break;
	case SCAP_FROM_CONTAINER_JSON:
		put_length(build, container_json_of(build->at, event));
		break;
	default:
		put_empty(build, source->count);
	}
}

void build_event(const struct scap_conversion *row, const struct scap_event *event,
		 const struct scap_event *enter, struct scap_event *to)
{
	bool wide = frame_wide(row->to);
	uint8_t *length = (uint8_t *)(to + 1);
	struct build build = {
	    .param = scap_event_table[row->to].params,
	    .length = length,
	    .at = length + row->count * (wide ? 4 : 2),
	    .wide = wide,
	};

	*to = *event;
	to->type = row->to;
	to->nparams = row->count;
	for (uint32_t i = 0; i < row->nsources; i++)
		put_source(&build, event, enter, &row->sources[i]);
	to->len = (uint32_t)(build.at - (uint8_t *)to);
}
