/* SPDX-License-Identifier: Apache-2.0 */
/* Events to the caller: one by one in place, or copied in batches. */
#include <string.h>

#include "error.h"
#include "handle.h"

/* Convert the event that the reader shows, once. Without one in scap->converted, it is not to be shown. */
static int convert(struct scap *scap, const struct scap_item *item)
{
	struct scap_file_info info;

	reader_file_info(scap->reader, &info);
	if (info.sections != scap->section)
		converter_reset(&scap->converter);
	scap->section = info.sections;
	scap->converted = *item;
	return convert_event(&scap->converter, item->event, &scap->converted.event, &scap->error);
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

int scap_next(struct scap *scap, const struct scap_event **event, uint16_t *cpu, uint32_t *flags)
{
	struct scap_item item;
	int status;

	begin(scap);
	status = peek(scap, false, &item);
	if (status != SCAP_OK)
		return status;
	scap->held = true;
	*event = item.event;
	if (cpu)
		*cpu = item.cpu;
	if (flags)
		*flags = item.flags;
	return SCAP_OK;
}

static size_t record_size(const struct scap_item *item)
{
	return (sizeof(struct scap_record) + (size_t)item->event->len + 7) & ~(size_t)7;
}

static void put_record(uint8_t *to, const struct scap_item *item, size_t size)
{
	struct scap_record record = {.size = (uint32_t)size, .cpu = item->cpu, .flags = item->flags};
	size_t end = sizeof(record) + item->event->len;

	memcpy(to, &record, sizeof(record));
	memcpy(to + sizeof(record), item->event, item->event->len);
	memset(to + end, 0, size - end);
}

int scap_next_batch(struct scap *scap, void *arena, size_t arena_size, size_t *used, uint32_t *count)
{
	struct scap_item item;
	int status;

	*used = 0;
	*count = 0;
	if (!arena || (uintptr_t)arena % 8 != 0)
		return scap_fail(&scap->error, SCAP_ILLEGAL_INPUT,
				 "scap_next_batch: the arena is not 8-byte aligned");
	begin(scap);
	while ((status = peek(scap, *count > 0, &item)) == SCAP_OK) {
		size_t size = record_size(&item);

		if (size > arena_size - *used)
			break;
		put_record((uint8_t *)arena + *used, &item, size);
		*used += size;
		++*count;
		consume(scap);
	}
	if (*count > 0)
		return SCAP_OK; /* whatever stopped us is met again by the next call */
	if (status != SCAP_OK)
		return status;
	return scap_fail(&scap->error, SCAP_BUFFER_TOO_SMALL, "an event needs %zu bytes; the arena has %zu",
			 record_size(&item), arena_size);
}
