/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The short way for nearly all of a file: event blocks in our byte order, whole in memory, of types with short
 * lengths. What is not of that kind is refused here and left to the loop over blocks of reader.c, which takes
 * whatever this accepts and shows the same.
 */
#ifndef SCAP_QUICK_H
#define SCAP_QUICK_H

#include "bytes.h"
#include "format.h"
#include "frame.h"
#include "frames.h"
#include "scap_schema.h"

/* For each event type: with how many parameters or more it is shown as it is, without conversion. */
struct quick {
	uint8_t least[PPM_EVENT_MAX];
};

#define QUICK_REFUSED	255
#define QUICK_CONVERTED 254 /* with any number of parameters */

/* `raw`: events are shown as the file has them, whatever their age. */
void quick_init(struct quick *quick, bool raw);

/* As quick_event(), of a block of format 1: its frame is made in `made`. */
uint32_t quick_event_v1(const struct quick *quick, struct frames *made, const uint8_t *at, size_t left,
			struct scap_view *out, bool *shown);

static inline uint32_t quick_sum(const uint8_t *lengths, uint32_t count)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < count; i++)
		sum += load_u16(lengths + 2 * (size_t)i);
	return sum;
}

/* The frame in a block's body, of which `room` bytes are there. */
static inline bool quick_frame(const struct quick *quick, const struct scap_event *event, size_t room,
			       bool *shown)
{
	uint32_t nparams = event->nparams, len = event->len, data;
	uint16_t type = event->type;

	if (type >= PPM_EVENT_MAX || nparams >= QUICK_CONVERTED)
		return false;
	*shown = nparams >= quick->least[type]; /* never if the type is refused */
	data = (uint32_t)sizeof(*event) + 2 * nparams;
	return len >= data && len <= room && quick_sum((const uint8_t *)(event + 1), nparams) <= len - data;
}

/* The length of the block at `at`, if all of it is there and its body has at least so many bytes; else 0. */
static inline uint32_t quick_block(const uint8_t *at, size_t left, size_t least)
{
	uint32_t total = load_u32(at + 4);

	if (total < BLOCK_MIN + least || total > left || total % 4 != 0 ||
	    load_u32(at + total - BLOCK_TRAILER) != total)
		return 0;
	return total;
}

/* What stands before the event: the CPU, and flags if `size` is 6. */
static inline void quick_prefix(const uint8_t *body, uint32_t size, struct scap_view *out)
{
	out->cpu = load_u16(body);
	out->flags = size == 2 ? 0 : load_u32(body + 2);
	out->reserved = 0;
}

/*
 * The event of the block of format 2 at `at`, and the block's length; 0 if it is not of that kind. *shown: as it
 * is. If not, its type may be one that is refused.
 */
static inline uint32_t quick_event(const struct quick *quick, const uint8_t *at, size_t left,
				   struct scap_view *out, bool *shown)
{
	uint32_t type, total, prefix;
	const uint8_t *body = at + BLOCK_HEADER;

	if (left < BLOCK_MIN + sizeof(uint16_t) + sizeof(uint32_t) + sizeof(struct scap_event))
		return 0;
	type = load_u32(at);
	if (type == BLOCK_EVENT_V2)
		prefix = 2;
	else if (type == BLOCK_EVENT_FLAGS_V2)
		prefix = 6;
	else
		return 0;
	total = quick_block(at, left, prefix + sizeof(struct scap_event));
	out->event = (const struct scap_event *)(body + prefix);
	if (total == 0 || !quick_frame(quick, out->event, total - BLOCK_MIN - prefix, shown))
		return 0;
	quick_prefix(body, prefix, out);
	return total;
}

#endif
