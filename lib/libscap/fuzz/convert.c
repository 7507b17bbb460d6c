/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A sequence of events of any age, of a few threads. Each: u8 thread, u16 type, u8 parameters, a u8 length
 * for each, and the bytes. Conversion must not fail, and what it makes must be a frame of today's table.
 */
#include <string.h>

#include "../src/bytes.h"
#include "../src/convert.h"
#include "../src/cursor.h"
#include "../src/frame.h"
#include "check.h"
#include "scap_event_table.h"

#define PARAMS_MAX 40
#define FRAME_MAX  (sizeof(struct scap_event) + PARAMS_MAX * (sizeof(uint32_t) + 255))

/* The next event, in `to`. False where the input ends. */
static bool make_event(struct cursor *input, struct scap_event *to)
{
	uint8_t tid = take_u8(input) % 4, sizes[PARAMS_MAX];
	uint16_t type = take_u16(input) % PPM_EVENT_MAX;
	uint8_t count = take_u8(input) % PARAMS_MAX, *length = (uint8_t *)(to + 1);
	bool wide = frame_wide(type);
	uint8_t *at = length + count * (wide ? 4 : 2);

	for (uint8_t i = 0; i < count; i++) {
		sizes[i] = take_u8(input);
		length = wide ? store_u32(length, sizes[i]) : store_u16(length, sizes[i]);
	}
	for (uint8_t i = 0; i < count; i++) {
		const uint8_t *bytes = take_bytes(input, sizes[i]);

		if (!bytes)
			return false;
		memcpy(at, bytes, sizes[i]);
		at += sizes[i];
	}
	*to = (struct scap_event){.ts = 1, .tid = tid, .type = type, .nparams = count};
	to->len = (uint32_t)(at - (uint8_t *)to);
	return !input->broken;
}

static void check(const struct scap_event *event, uint64_t tid)
{
	struct scap_error err;

	if (!event)
		return;
	PROMISE(frame_known(event->type));
	PROMISE(!(scap_event_table[event->type].flags & SCAP_EF_UNUSED));
	PROMISE(event->tid == tid);
	PROMISE(frame_check(event, event->len, true, &err) == SCAP_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cursor input = {.at = data, .end = data + size};
	struct converter converter = {0};
	uint8_t room[FRAME_MAX];

	while (cursor_left(&input) > 0 && make_event(&input, (struct scap_event *)room)) {
		struct scap_event *event = (struct scap_event *)room;
		const struct scap_event *out;
		struct scap_error err;

		PROMISE(convert_event(&converter, event, &out, &err) == SCAP_OK);
		check(out, event->tid);
	}
	converter_free(&converter);
	return 0;
}
