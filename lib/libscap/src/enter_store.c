/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table by tid: linear probing, at most half full, without tombstones. */
#include <stdlib.h>
#include <string.h>

#include "enter_store.h"

struct enter_slot {
	uint64_t tid;
	struct scap_event *event; /* NULL: the slot is free */
	size_t capacity;	  /* of the memory at `event` */
};

static size_t home(const struct enter_store *store, uint64_t tid)
{
	return (size_t)((tid * 0x9e3779b97f4a7c15ull) >> 32) & (store->capacity - 1);
}

/* The slot of the thread, or the free one where it would be. */
static struct enter_slot *find(const struct enter_store *store, uint64_t tid)
{
	size_t i = home(store, tid);

	while (store->slots[i].event && store->slots[i].tid != tid)
		i = (i + 1) & (store->capacity - 1);
	return &store->slots[i];
}

static bool grow(struct enter_store *store)
{
	struct enter_store larger = {.count = store->count,
				     .capacity = store->capacity ? 2 * store->capacity : 64};

	larger.slots = calloc(larger.capacity, sizeof(*larger.slots));
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < store->capacity; i++)
		if (store->slots[i].event)
			*find(&larger, store->slots[i].tid) = store->slots[i];
	free(store->slots);
	*store = larger;
	return true;
}

bool enter_store_put(struct enter_store *store, const struct scap_event *event)
{
	struct enter_slot *slot;

	if (2 * (store->count + 1) > store->capacity && !grow(store))
		return false;
	slot = find(store, event->tid);
	if (slot->capacity < event->len) {
		struct scap_event *larger = realloc(slot->event, event->len);

		if (!larger)
			return false;
		store->count += slot->event == NULL;
		slot->event = larger;
		slot->capacity = event->len;
	}
	slot->tid = event->tid;
	memcpy(slot->event, event, event->len);
	return true;
}

struct scap_event *enter_store_get(const struct enter_store *store, uint64_t tid)
{
	return store->capacity ? find(store, tid)->event : NULL;
}

/* Those behind a slot that became free move up if a search for them would stop there. */
static void close_gap(struct enter_store *store, size_t gap)
{
	size_t mask = store->capacity - 1;

	for (size_t i = (gap + 1) & mask; store->slots[i].event; i = (i + 1) & mask) {
		size_t distance = (i - home(store, store->slots[i].tid)) & mask;

		if (distance < ((i - gap) & mask))
			continue;
		store->slots[gap] = store->slots[i];
		memset(&store->slots[i], 0, sizeof(store->slots[i]));
		gap = i;
	}
}

void enter_store_drop(struct enter_store *store, uint64_t tid)
{
	struct enter_slot *slot = store->capacity ? find(store, tid) : NULL;

	if (!slot || !slot->event)
		return;
	free(slot->event);
	memset(slot, 0, sizeof(*slot));
	store->count--;
	close_gap(store, (size_t)(slot - store->slots));
}

void enter_store_clear(struct enter_store *store)
{
	for (size_t i = 0; i < store->capacity; i++)
		free(store->slots[i].event);
	free(store->slots);
	memset(store, 0, sizeof(*store));
}
