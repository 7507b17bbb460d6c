/* SPDX-License-Identifier: Apache-2.0 */
/* Events to the caller: one by one in place, or copied in batches. */
#include <string.h>

#include "error.h"
#include "handle.h"

/* Convert the event that the reader shows, once. Without one in scap->converted, it is not to be shown. */
static int convert(struct scap *scap, const struct scap_item *item)
{
	struct scap_file_info info;
	int status;

	reader_file_info(scap->reader, &info);
	if (info.sections != scap->section)
		converter_reset(&scap->converter);
	scap->section = info.sections;
	scap->converted = *item;
	frames_clear(&scap->converter.made);
	status = convert_event(&scap->converter, item->event, &scap->converted.event, &scap->error);
	if (status != SCAP_OK)
		scap->converted.event = NULL; /* asked again, convert it again */
	return status;
}

static int peek_file(struct scap *scap, bool here, struct scap_item *item)
{
	int status;

	while (!scap->converted.event) {
		status = reader_peek(scap->reader, here, item, &scap->error);
		if (status != SCAP_OK || scap->raw)
			return status;
		status = convert(scap, item);
		if (status != SCAP_OK)
			return status;
		if (!scap->converted.event)
			reader_consume(scap->reader);
	}
	*item = scap->converted;
	return SCAP_OK;
}

/* `here`: of the same section of the file as the event before. */
static int peek(struct scap *scap, bool here, struct scap_item *item)
{
	return scap->reader ? peek_file(scap, here, item) : live_peek(scap->live, item, &scap->error);
}

static void consume(struct scap *scap)
{
	scap->converted.event = NULL;
	if (scap->reader)
		reader_consume(scap->reader);
	else
		live_consume(scap->live);
}

/* Every reading call begins here: the event that scap_next() lent is given back. */
static void begin(struct scap *scap)
{
	if (scap->held)
		consume(scap);
	scap->held = false;
}

/* The bytes that quick.h can work on. */
static const uint8_t *here(const struct scap *scap, size_t *left)
{
	*left = 0;
	return scap->reader ? reader_here(scap->reader, left) : NULL;
}

/*
 * What next_quick() does for an event of today's format that needs conversion (`total`: the length of its
 * block), or for whatever is not of today's format.
 */
__attribute__((noinline)) static uint32_t convert_quick(struct scap *scap, const uint8_t *at, size_t left,
							 uint32_t total, struct scap_view *view)
{
	struct frames *made = &scap->converter.made;
	struct scap_error err;
	bool shown = false;

	if (frames_many(made))
		return 0;
	if (total == 0)
		total = quick_event_v1(&scap->quick, made, at, left, view, &shown);
	if (total == 0 || shown)
		return total;
	if (scap->quick.least[view->event->type] == QUICK_REFUSED)
		return 0;
	return convert_event(&scap->converter, view->event, &view->event, &err) == SCAP_OK ? total : 0;
}

/*
 * The event of the block at `at`, or none if it is not to be shown, and the block's length; 0 if the slow way
 * has to take it. Until frames_clear() it stays where it is.
 */
static inline uint32_t next_quick(struct scap *scap, const uint8_t *at, size_t left, struct scap_view *view)
{
	bool shown;
	uint32_t total = quick_event(&scap->quick, at, left, view, &shown);

	if (total > 0 && shown)
		return total;
	return convert_quick(scap, at, left, total, view);
}

/* The events before us that lie in memory, as they are or converted. They stay until the next call of peek(). */
static uint32_t take_quick(struct scap *scap, struct scap_view *views, uint32_t room)
{
	size_t left;
	const uint8_t *start = here(scap, &left), *at = start, *end;
	uint32_t count = 0, total;

	if (left == 0)
		return 0;
	end = start + left;
	frames_clear(&scap->converter.made);
	while (count < room && (total = next_quick(scap, at, (size_t)(end - at), &views[count]))) {
		at += total;
		if (views[count].event)
			count++;
	}
	if (at > start)
		reader_skip(scap->reader, (size_t)(at - start));
	return count;
}

/* The next event in its own time: it is read, imported and converted as it needs. */
static int take_slow(struct scap *scap, struct scap_view *view)
{
	struct scap_item item;
	int status = peek(scap, false, &item);

	if (status != SCAP_OK)
		return status;
	scap->held = true;
	*view = (struct scap_view){.event = item.event, .flags = item.flags, .cpu = item.cpu};
	return SCAP_OK;
}

int scap_next(struct scap *scap, const struct scap_event **event, uint16_t *cpu, uint32_t *flags)
{
	struct scap_view view;
	int status = SCAP_OK;

	begin(scap);
	if (take_quick(scap, &view, 1) == 0)
		status = take_slow(scap, &view);
	if (status != SCAP_OK)
		return status;
	*event = view.event;
	if (cpu)
		*cpu = view.cpu;
	if (flags)
		*flags = view.flags;
	return SCAP_OK;
}

int scap_next_views(struct scap *scap, struct scap_view *views, uint32_t room, uint32_t *count)
{
	int status = SCAP_OK;

	*count = 0;
	if (!views || room == 0)
		return scap_fail(&scap->error, SCAP_ILLEGAL_INPUT, "scap_next_views: no room for an event");
	begin(scap);
	*count = take_quick(scap, views, room);
	if (*count == 0) {
		status = take_slow(scap, views);
		*count = status == SCAP_OK;
	}
	return status;
}

static size_t record_size(const struct scap_event *event)
{
	return (sizeof(struct scap_record) + (size_t)event->len + 7) & ~(size_t)7;
}

/* Where a batch is made. */
struct arena {
	uint8_t *bytes;
	size_t size, used;
	uint32_t count;
};

static bool put_record(struct arena *arena, const struct scap_event *event, uint16_t cpu, uint32_t flags)
{
	size_t size = record_size(event);
	struct scap_record record = {
	    .size = (uint32_t)size, .cpu = cpu, .fixed = frame_fixed(event), .flags = flags};
	uint8_t *to = arena->bytes + arena->used;

	if (size > arena->size - arena->used)
		return false;
	memcpy(to, &record, sizeof(record));
	store_u64(to + size - 8, 0); /* the padding; the event's last bytes go over what is not */
	memcpy(to + sizeof(record), event, event->len);
	arena->used += size;
	arena->count++;
	return true;
}

static void put_quick(struct scap *scap, struct arena *arena)
{
	size_t left;
	const uint8_t *start = here(scap, &left), *at = start;
	struct scap_view view;
	uint32_t total;

	while (left > 0) {
		converter_mark(&scap->converter);
		frames_clear(&scap->converter.made);
		total = next_quick(scap, at, left, &view);
		if (total == 0)
			break;
		if (view.event && !put_record(arena, view.event, view.cpu, view.flags)) {
			converter_undo(&scap->converter);
			break;
		}
		at += total;
		left -= total;
	}
	if (at > start)
		reader_skip(scap->reader, (size_t)(at - start));
}

int scap_next_batch(struct scap *scap, void *bytes, size_t size, size_t *used, uint32_t *count)
{
	struct arena arena = {.bytes = bytes, .size = size};
	struct scap_item item;
	int status;

	*used = 0;
	*count = 0;
	if (!bytes || (uintptr_t)bytes % 8 != 0)
		return scap_fail(&scap->error, SCAP_ILLEGAL_INPUT,
				 "scap_next_batch: the arena is not 8-byte aligned");
	begin(scap);
	put_quick(scap, &arena);
	while ((status = peek(scap, arena.count > 0, &item)) == SCAP_OK) {
		if (!put_record(&arena, item.event, item.cpu, item.flags))
			break;
		consume(scap);
		put_quick(scap, &arena);
	}
	*used = arena.used;
	*count = arena.count;
	if (arena.count > 0)
		return SCAP_OK; /* whatever stopped us is met again by the next call */
	if (status != SCAP_OK)
		return status;
	return scap_fail(&scap->error, SCAP_BUFFER_TOO_SMALL, "an event needs %zu bytes; the arena has %zu",
			 record_size(item.event), size);
}
