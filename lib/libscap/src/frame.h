/* SPDX-License-Identifier: Apache-2.0 */
/* The event frame: `struct scap_event`, nparams lengths, then the parameters back to back. */
#ifndef SCAP_FRAME_H
#define SCAP_FRAME_H

#include <stdbool.h>

#include "scap.h"

/* An event as it lies somewhere (file window, ring): not aligned, not owned. */
struct scap_item {
	const struct scap_event *event;
	uint32_t flags;
	uint16_t cpu;
};

/* Whether this build's event table has the code. */
bool frame_known(uint16_t type);

/* Whether the lengths of this event type are u32 (LARGE_PAYLOAD) instead of u16. */
bool frame_wide(uint16_t type);

/* `fixed` of scap_record, of a frame that is whole. */
uint16_t frame_fixed(const struct scap_event *event);

/*
 * Check a frame of which `room` bytes are there: header, lengths and every parameter lie inside `len`, and
 * `len` inside `room`. `exact`: the parameters must fill `len` to the last byte, as every writer makes them.
 * SCAP_ILLEGAL_INPUT with a text that says which number is wrong.
 */
int frame_check(const struct scap_event *event, size_t room, bool exact, struct scap_error *err);

#endif
