/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A walk over the fields of a block or of an entry. It never leaves [at, end): a field that does not fit makes
 * it `broken`, and from then on every field is 0. One check at the end of an entry is enough.
 */
#ifndef SCAP_CURSOR_H
#define SCAP_CURSOR_H

#include <stdbool.h>

#include "bytes.h"

struct cursor {
	const uint8_t *at, *end;
	bool swap; /* the file has the other byte order */
	bool broken;
};

static inline size_t cursor_left(const struct cursor *cursor)
{
	return (size_t)(cursor->end - cursor->at);
}

/* The next `size` bytes, or NULL. */
static inline const uint8_t *take_bytes(struct cursor *cursor, size_t size)
{
	const uint8_t *here = cursor->at;

	if (cursor->broken || cursor_left(cursor) < size) {
		cursor->broken = true;
		return NULL;
	}
	cursor->at += size;
	return here;
}

static inline uint8_t take_u8(struct cursor *cursor)
{
	const uint8_t *from = take_bytes(cursor, 1);

	return from ? *from : 0;
}

static inline uint16_t take_u16(struct cursor *cursor)
{
	const uint8_t *from = take_bytes(cursor, 2);

	return from ? order_u16(load_u16(from), cursor->swap) : 0;
}

static inline uint32_t take_u32(struct cursor *cursor)
{
	const uint8_t *from = take_bytes(cursor, 4);

	return from ? order_u32(load_u32(from), cursor->swap) : 0;
}

static inline uint64_t take_u64(struct cursor *cursor)
{
	const uint8_t *from = take_bytes(cursor, 8);

	return from ? order_u64(load_u64(from), cursor->swap) : 0;
}

#endif
