/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "stage.h"

#define EVENT_LEN_MAX (64u << 10)	/* drivers send nothing larger */
#define STAGE_MAX     ((size_t)8 << 20) /* what is beyond it waits in the ring */
#define LOW	      64		/* events: ask the ring again */
#define MANY	      1024		/* events: give memory back */

void stage_free(struct stage *stage)
{
	free(stage->bytes);
	free(stage->entries);
}

bool stage_low(const struct stage *stage)
{
	return stage->count - stage->first < LOW;
}

bool stage_peek(const struct stage *stage, struct scap_item *item)
{
	const struct stage_entry *entry = &stage->entries[stage->first];

	if (stage->first == stage->count)
		return false;
	item->event = (const struct scap_event *)(stage->bytes + entry->at);
	item->cpu = entry->cpu;
	item->flags = 0;
	return true;
}

void stage_consume(struct stage *stage)
{
	stage->first++;
}

/* Give the memory of shown events back, when that moves few bytes for each of them. */
static void compact(struct stage *stage)
{
	size_t begin = stage->used;

	if (stage->first < stage->count && (stage->first < MANY || stage->first < stage->count / 2))
		return;
	for (size_t i = stage->first; i < stage->count; i++)
		if (stage->entries[i].at < begin)
			begin = stage->entries[i].at;
	stage->used -= begin;
	stage->count -= stage->first;
	if (stage->count > 0) {
		memmove(stage->bytes, stage->bytes + begin, stage->used);
		memmove(stage->entries, stage->entries + stage->first,
			stage->count * sizeof(*stage->entries));
	}
	stage->first = 0;
	for (size_t i = 0; i < stage->count; i++)
		stage->entries[i].at -= begin;
}

static int grow(void **array, size_t *capacity, size_t need, size_t size, struct scap_error *err)
{
	size_t more = *capacity ? *capacity : 4096 / size;
	void *larger;

	if (need <= *capacity)
		return SCAP_OK;
	while (more < need)
		more *= 2;
	larger = realloc(*array, more * size);
	if (!larger)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	*array = larger;
	*capacity = more;
	return SCAP_OK;
}

static int make_room(struct stage *stage, size_t len, struct scap_error *err)
{
	void *bytes = stage->bytes, *entries = stage->entries;
	int status = grow(&bytes, &stage->capacity, stage->used + len, 1, err);

	stage->bytes = bytes;
	if (status == SCAP_OK)
		status =
		    grow(&entries, &stage->entry_capacity, stage->count + 1, sizeof(*stage->entries), err);
	stage->entries = entries;
	return status;
}

/* Frames start at multiples of 8, as in rings. */
static void add(struct stage *stage, const struct scap_event *event, uint16_t cpu)
{
	struct stage_entry entry = {.ts = event->ts, .at = stage->used, .cpu = cpu};
	size_t place = stage->count++;

	memcpy(stage->bytes + stage->used, event, event->len);
	stage->used += (event->len + 7) & ~7u;
	for (; place > stage->first && stage->entries[place - 1].ts > entry.ts; place--)
		stage->entries[place] = stage->entries[place - 1];
	stage->entries[place] = entry;
}

int stage_fill(struct stage *stage, const struct scap_engine_ops *ops, struct scap_engine *engine,
	       uint32_t ring, struct scap_error *err)
{
	const struct scap_event *event;
	uint16_t cpu;

	compact(stage);
	while (stage->used < STAGE_MAX && (event = ops->peek(engine, ring, &cpu))) {
		int status;

		if (event->len < sizeof(*event) || event->len > EVENT_LEN_MAX)
			return scap_fail(err, SCAP_FAILURE,
					 "%s: ring %u holds an event of %u bytes: it is damaged", ops->name,
					 ring, event->len);
		status = make_room(stage, (event->len + 7) & ~7u, err);
		if (status != SCAP_OK)
			return status;
		add(stage, event, cpu);
		ops->consume(engine, ring);
	}
	return SCAP_OK;
}
