/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "../src/bytes.h"
#include "../src/format.h"
#include "../src/convert.h"
#include "../src/reader.h"
#include "make.h"
#include "scap_schema.h"

/* splitmix64 */
uint64_t rng_next(struct rng *rng)
{
	uint64_t z = (rng->state += 0x9e3779b97f4a7c15ull);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
	return z ^ (z >> 31);
}

uint32_t rng_below(struct rng *rng, uint32_t below)
{
	return (uint32_t)(rng_next(rng) % below);
}

struct scap_event *make_frame(uint8_t *to, uint64_t ts, uint16_t type, uint32_t count, struct rng *rng)
{
	struct scap_event *event = (struct scap_event *)to;
	uint32_t width = frame_wide(type) ? 4 : 2;
	uint8_t *lengths = to + sizeof(*event), *data = lengths + (size_t)count * width, *at = data;

	for (uint32_t i = 0; i < count; i++) {
		uint32_t size = rng_below(rng, 40);

		if (width == 4)
			store_u32(lengths + 4 * i, size);
		else
			store_u16(lengths + 2 * i, (uint16_t)size);
		for (uint32_t j = 0; j < size; j++)
			*at++ = (uint8_t)rng_next(rng);
	}
	event->ts = ts;
	event->tid = rng_next(rng);
	event->type = type;
	event->nparams = count;
	event->len = (uint32_t)(at - to);
	return event;
}

void mutate(uint8_t *data, size_t size, struct rng *rng)
{
	uint32_t changes = 1 + rng_below(rng, 4);

	for (uint32_t i = 0; i < changes; i++) {
		uint32_t at = rng_below(rng, (uint32_t)size);

		switch (rng_below(rng, 4)) {
		case 0:
			data[at] ^= (uint8_t)(1u << rng_below(rng, 8));
			break;
		case 1:
			data[at] = (uint8_t)rng_next(rng);
			break;
		case 2: /* an extreme length */
			memset(data + at, 0xff, size - at < 4 ? size - at : 4);
			break;
		default:
			memset(data + at, 0, size - at < 4 ? size - at : 4);
		}
	}
}

struct bytes make_file(uint32_t events, uint32_t writer_flags, uint64_t seed)
{
	struct rng rng = {seed};
	struct scap_machine_info machine = {.num_cpus = 4, .memory_bytes = 1 << 30, .hostname = "test"};
	struct scap_writer *writer;
	struct bytes file = {0};
	uint8_t frame[FRAME_ROOM];
	const void *data;
	size_t size;

	if (scap_writer_open_memory(writer_flags, &writer, NULL) != SCAP_OK)
		abort();
	if (scap_writer_machine_info(writer, &machine) != SCAP_OK)
		abort();
	for (uint32_t i = 0; i < events; i++) {
		uint16_t type = i % 7 == 6 ? PPME_ASYNCEVENT_E : (uint16_t)rng_below(&rng, 300);

		make_frame(frame, 1000 + i, type, rng_below(&rng, 6), &rng);
		if (scap_writer_event(writer, (struct scap_event *)frame, i % 4, i % 3 == 2) != SCAP_OK)
			abort();
	}
	if (scap_writer_memory(writer, &data, &size) != SCAP_OK)
		abort();
	bytes_add(&file, data, size);
	if (scap_writer_close(writer) != SCAP_OK)
		abort();
	return file;
}

void bytes_add(struct bytes *bytes, const void *data, size_t size)
{
	bytes->data = realloc(bytes->data, bytes->size + size + 1);
	if (!bytes->data)
		abort();
	if (size > 0)
		memcpy(bytes->data + bytes->size, data, size);
	bytes->size += size;
}

void bytes_add_u16(struct bytes *bytes, uint16_t value)
{
	bytes_add(bytes, &value, sizeof(value));
}

void bytes_add_u32(struct bytes *bytes, uint32_t value)
{
	bytes_add(bytes, &value, sizeof(value));
}

void bytes_add_u64(struct bytes *bytes, uint64_t value)
{
	bytes_add(bytes, &value, sizeof(value));
}

void bytes_add_block(struct bytes *bytes, uint32_t type, const struct bytes *body)
{
	uint32_t padded = (uint32_t)(body->size + 3) & ~3u;

	bytes_add_u32(bytes, type);
	bytes_add_u32(bytes, padded + 12);
	bytes_add(bytes, body->data, body->size);
	bytes_add(bytes, "\0\0", padded - body->size);
	bytes_add_u32(bytes, padded + 12);
}

void bytes_add_section(struct bytes *bytes)
{
	struct bytes body = {0};

	bytes_add_u32(&body, SECTION_MAGIC);
	bytes_add_u16(&body, 1);
	bytes_add_u16(&body, 2);
	bytes_add_u64(&body, UINT64_MAX);
	bytes_add_block(bytes, BLOCK_SECTION, &body);
	free(body.data);
}

void bytes_add_event(struct bytes *bytes, const struct scap_event *frame)
{
	struct bytes body = {0};

	bytes_add_u16(&body, 0);
	bytes_add(&body, frame, frame->len);
	bytes_add_block(bytes, BLOCK_EVENT_V2, &body);
	free(body.data);
}

static uint64_t hash_bytes(uint64_t hash, const void *data, size_t size)
{
	const uint8_t *at = data;

	for (size_t i = 0; i < size; i++)
		hash = (hash ^ at[i]) * 0x100000001b3ull; /* FNV-1a */
	return hash;
}

struct sink {
	uint64_t events, hash;
	uint32_t sections; /* that the converter knows */
};

static void take(struct sink *sink, const struct scap_event *event, uint16_t cpu, uint32_t flags)
{
	sink->events++;
	sink->hash = hash_bytes(sink->hash, event, event->len);
	sink->hash = hash_bytes(sink->hash, &cpu, sizeof(cpu));
	sink->hash = hash_bytes(sink->hash, &flags, sizeof(flags));
}

static int take_next(struct scap *scap, struct sink *sink)
{
	const struct scap_event *event;
	uint32_t flags;
	uint16_t cpu;
	int status = scap_next(scap, &event, &cpu, &flags);

	if (status == SCAP_OK)
		take(sink, event, cpu, flags);
	return status;
}

static int take_views(struct scap *scap, struct sink *sink)
{
	struct scap_view views[7];
	uint32_t count;
	int status = scap_next_views(scap, views, 7, &count);

	for (uint32_t i = 0; i < count; i++)
		take(sink, views[i].event, views[i].cpu, views[i].flags);
	return status;
}

static int take_batch(struct scap *scap, struct sink *sink)
{
	static uint64_t arena[ARENA_ROOM / sizeof(uint64_t)];
	size_t used, at = 0;
	uint32_t count;
	/* Small, so that events often have no room any more and come again. */
	int status = scap_next_batch(scap, arena, 512, &used, &count);

	if (status == SCAP_BUFFER_TOO_SMALL)
		status = scap_next_batch(scap, arena, sizeof(arena), &used, &count);
	while (at < used) {
		const uint8_t *record = (const uint8_t *)arena + at;
		struct scap_record header;

		memcpy(&header, record, sizeof(header));
		take(sink, (const struct scap_event *)(record + sizeof(header)), header.cpu, header.flags);
		at += header.size;
	}
	return status;
}

/* The event that the reader shows, to the sink if it is to be shown at all. */
static int take_item(struct reader *reader, struct converter *converter, const struct scap_item *item,
		     struct sink *sink, struct scap_error *err)
{
	const struct scap_event *event = item->event;
	struct scap_file_info info;
	int status = SCAP_OK;

	if (converter) {
		reader_file_info(reader, &info);
		if (info.sections != sink->sections)
			converter_reset(converter);
		sink->sections = info.sections;
		frames_clear(&converter->made);
		status = convert_event(converter, event, &event, err);
	}
	if (status == SCAP_OK && event)
		take(sink, event, item->cpu, item->flags);
	reader_consume(reader);
	return status;
}

/* Every event by the loop over blocks, without the short way of quick.h. */
static int read_blocks(int raw, const void *data, size_t size, struct sink *sink, struct scap_error *err)
{
	struct converter converter = {0};
	struct reader *reader;
	struct scap_item item;
	struct input *input;
	int status = input_open_memory(data, size, &input, err);

	if (status == SCAP_OK)
		status = reader_open(input, &reader, err);
	if (status != SCAP_OK)
		return status;
	err->text[0] = 0;
	while ((status = reader_peek(reader, false, &item, err)) == SCAP_OK)
		if ((status = take_item(reader, raw ? NULL : &converter, &item, sink, err)) != SCAP_OK)
			break;
	reader_close(reader);
	converter_free(&converter);
	return status;
}

static int read_handle(enum way way, int raw, const void *data, size_t size, struct sink *sink,
		       struct scap_error *err)
{
	static int (*const ways[])(struct scap *, struct sink *) = {take_next, take_views, take_batch};
	struct scap *scap;
	int status = scap_open_memory(data, size, &scap, err);

	if (status != SCAP_OK)
		return status;
	scap_set_raw(scap, raw);
	while ((status = ways[way](scap, sink)) == SCAP_OK)
		;
	if (way != BY_BATCH || status != SCAP_EOF) /* a batch's may tell of room that it was given then */
		strcpy(err->text, scap_last_error(scap));
	scap_close(scap);
	return status;
}

struct reading read_all_by(enum way way, int raw, const void *data, size_t size)
{
	struct sink sink = {.hash = 0xcbf29ce484222325ull};
	struct reading it = {.err = {""}};

	it.status = way == BY_BLOCKS ? read_blocks(raw, data, size, &sink, &it.err)
				     : read_handle(way, raw, data, size, &sink, &it.err);
	it.events = sink.events;
	it.hash = sink.hash;
	return it;
}

int read_all(const void *data, size_t size, uint64_t *events, uint64_t *hash, struct scap_error *err)
{
	struct reading it = read_all_by(BY_NEXT, 1, data, size); /* random events are of all ages */

	*events = it.events;
	*hash = it.hash;
	*err = it.err;
	return it.status;
}
