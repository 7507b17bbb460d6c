/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "error.h"
#include "merge.h"

struct head {
	struct scap_item item;
	uint64_t ts;
	uint32_t ring;
};

struct merge {
	const struct scap_engine_ops *ops;
	struct scap_engine *engine;
	uint32_t rings;
	struct head *heap; /* heap[0] is the lowest of the `heads` rings that have something */
	uint32_t heads;
	uint32_t *empty; /* the other rings */
	uint32_t empties;
	uint64_t clock_offset; /* drivers' clock minus CLOCK_MONOTONIC, as far as known */
	uint64_t now;
	uint64_t horizon; /* events up to this stamp may be shown */
	bool drain;
	uint64_t last_ts;
	uint64_t late;
};

int merge_new(const struct scap_engine_ops *ops, struct scap_engine *engine, uint64_t clock_offset,
	      struct merge **out, struct scap_error *err)
{
	struct merge *merge = calloc(1, sizeof(*merge));

	if (!merge)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	merge->ops = ops;
	merge->engine = engine;
	merge->clock_offset = clock_offset;
	merge->rings = ops->rings(engine);
	merge->heap = calloc(merge->rings ? merge->rings : 1, sizeof(*merge->heap));
	merge->empty = calloc(merge->rings ? merge->rings : 1, sizeof(*merge->empty));
	if (!merge->heap || !merge->empty) {
		merge_free(merge);
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	}
	for (uint32_t ring = 0; ring < merge->rings; ring++)
		merge->empty[merge->empties++] = ring;
	*out = merge;
	return SCAP_OK;
}

void merge_free(struct merge *merge)
{
	if (!merge)
		return;
	free(merge->heap);
	free(merge->empty);
	free(merge);
}

/* Equal stamps go by ring number, so that the same rings always give the same order. */
static bool before(const struct head *a, const struct head *b)
{
	return a->ts != b->ts ? a->ts < b->ts : a->ring < b->ring;
}

static void swap(struct head *a, struct head *b)
{
	struct head old = *a;

	*a = *b;
	*b = old;
}

static void sift_up(struct head *heap, uint32_t at)
{
	for (; at > 0 && before(&heap[at], &heap[(at - 1) / 2]); at = (at - 1) / 2)
		swap(&heap[at], &heap[(at - 1) / 2]);
}

static void sift_down(struct head *heap, uint32_t count)
{
	for (uint32_t at = 0, child; (child = 2 * at + 1) < count; at = child) {
		if (child + 1 < count && before(&heap[child + 1], &heap[child]))
			child++;
		if (!before(&heap[child], &heap[at]))
			return;
		swap(&heap[child], &heap[at]);
	}
}

/* Look at a ring's head. False: empty. */
static bool look(struct merge *merge, uint32_t ring, struct head *head)
{
	const struct scap_event *event = merge->ops->peek(merge->engine, ring, &head->item.cpu);

	if (!event)
		return false;
	head->ring = ring;
	head->ts = event->ts;
	head->item.event = event;
	head->item.flags = 0;
	return true;
}

static void look_at_empty_rings(struct merge *merge)
{
	uint32_t still = 0;

	for (uint32_t i = 0; i < merge->empties; i++) {
		if (look(merge, merge->empty[i], &merge->heap[merge->heads]))
			sift_up(merge->heap, merge->heads++);
		else
			merge->empty[still++] = merge->empty[i];
	}
	merge->empties = still;
}

static void learn_clock(struct merge *merge, uint64_t ts)
{
	if (ts > merge->now && ts - merge->now > merge->clock_offset)
		merge->clock_offset = ts - merge->now;
}

static void set_horizon(struct merge *merge)
{
	uint64_t clock = merge->now + merge->clock_offset;

	if (merge->drain || merge->rings == 1)
		merge->horizon = UINT64_MAX;
	else
		merge->horizon = clock > MERGE_WINDOW_NS ? clock - MERGE_WINDOW_NS : 0;
}

void merge_begin(struct merge *merge, uint64_t now_ns, bool drain)
{
	merge->now = now_ns;
	merge->drain = drain;
	look_at_empty_rings(merge);
	for (uint32_t i = 0; i < merge->heads; i++)
		learn_clock(merge, merge->heap[i].ts);
	set_horizon(merge);
}

bool merge_peek(struct merge *merge, struct scap_item *item)
{
	if (merge->heads == 0 || merge->heap[0].ts > merge->horizon)
		return false;
	*item = merge->heap[0].item;
	return true;
}

void merge_consume(struct merge *merge)
{
	struct head *first = &merge->heap[0];
	uint32_t ring = first->ring;

	if (first->ts < merge->last_ts)
		merge->late++;
	else
		merge->last_ts = first->ts;
	merge->ops->consume(merge->engine, ring);
	if (!look(merge, ring, first)) {
		merge->empty[merge->empties++] = ring;
		*first = merge->heap[--merge->heads];
	}
	sift_down(merge->heap, merge->heads);
}

uint64_t merge_late(const struct merge *merge)
{
	return merge->late;
}
