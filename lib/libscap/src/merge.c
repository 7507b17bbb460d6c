/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "merge.h"
#include "stage.h"

struct head {
	uint64_t ts;
	uint32_t ring;
};

struct merge {
	const struct scap_engine_ops *ops;
	struct scap_engine *engine;
	uint32_t rings;
	struct stage *stages; /* one for each ring */
	struct head *heap;    /* of the `heads` rings that have something; heap[0] is the lowest */
	uint32_t heads;
	uint64_t clock_offset; /* drivers' clock minus CLOCK_MONOTONIC, as far as known */
	uint64_t horizon;      /* events up to this stamp may be shown */
	uint64_t last_ts;
	uint64_t late;
	int status; /* of the rings: once not SCAP_OK, they are left alone */
	struct scap_error error;
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
	*out = merge;
	return SCAP_OK;
}

void merge_free(struct merge *merge)
{
	if (!merge)
		return;
	for (uint32_t ring = 0; ring < merge->rings; ring++)
		stage_free(&merge->stages[ring]);
	free(merge->stages);
	free(merge->heap);
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

/* Room for as many rings as the engine has now. */
static int grow(struct merge *merge, uint32_t rings)
{
	struct stage *stages = realloc(merge->stages, rings * sizeof(*stages));
	struct head *heap;

	if (stages)
		merge->stages = stages;
	heap = stages ? realloc(merge->heap, rings * sizeof(*heap)) : NULL;
	if (!heap)
		return scap_fail(&merge->error, SCAP_FAILURE, "out of memory");
	merge->heap = heap;
	memset(&stages[merge->rings], 0, (rings - merge->rings) * sizeof(*stages));
	merge->rings = rings;
	return SCAP_OK;
}

static void count_rings(struct merge *merge)
{
	uint32_t rings = 0;

	if (merge->status != SCAP_OK)
		return;
	merge->status = merge->ops->rings(merge->engine, &rings, &merge->error);
	if (merge->status == SCAP_OK && rings > merge->rings)
		merge->status = grow(merge, rings);
}

static void refill(struct merge *merge, uint32_t ring)
{
	if (merge->status == SCAP_OK)
		merge->status =
		    stage_fill(&merge->stages[ring], merge->ops, merge->engine, ring, &merge->error);
}

static bool head_of(struct merge *merge, uint32_t ring, struct head *head)
{
	struct scap_item item;

	if (!stage_peek(&merge->stages[ring], &item))
		return false;
	*head = (struct head){.ts = item.event->ts, .ring = ring};
	return true;
}

void merge_look(struct merge *merge, uint64_t now_ns, bool drain)
{
	uint64_t clock;

	count_rings(merge);
	merge->heads = 0;
	for (uint32_t ring = 0; ring < merge->rings; ring++) {
		struct head *head = &merge->heap[merge->heads];

		refill(merge, ring);
		if (!head_of(merge, ring, head))
			continue;
		if (head->ts > now_ns && head->ts - now_ns > merge->clock_offset)
			merge->clock_offset = head->ts - now_ns;
		sift_up(merge->heap, merge->heads++);
	}
	clock = now_ns + merge->clock_offset;
	if (drain || merge->status != SCAP_OK)
		merge->horizon = UINT64_MAX;
	else
		merge->horizon = clock > MERGE_WINDOW_NS ? clock - MERGE_WINDOW_NS : 0;
}

int merge_peek(struct merge *merge, struct scap_item *item, struct scap_error *err)
{
	if (merge->heads > 0 && merge->heap[0].ts <= merge->horizon) {
		stage_peek(&merge->stages[merge->heap[0].ring], item);
		return SCAP_OK;
	}
	if (merge->status == SCAP_OK)
		return SCAP_TIMEOUT;
	*err = merge->error;
	return merge->status;
}

void merge_consume(struct merge *merge)
{
	struct head *first = &merge->heap[0];
	uint32_t ring = first->ring;

	if (first->ts < merge->last_ts)
		merge->late++;
	else
		merge->last_ts = first->ts;
	stage_consume(&merge->stages[ring]);
	if (stage_low(&merge->stages[ring])) /* more may have waited in the ring than stages take at once */
		refill(merge, ring);
	if (!head_of(merge, ring, first))
		*first = merge->heap[--merge->heads];
	sift_down(merge->heap, merge->heads);
}

uint64_t merge_late(const struct merge *merge)
{
	return merge->late;
}
