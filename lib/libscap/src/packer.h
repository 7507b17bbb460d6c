/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes of a block that is being made: the counterpart of cursor.h. Without memory it is `no_memory` and
 * takes nothing more; one check at the end is enough.
 */
#ifndef SCAP_PACKER_H
#define SCAP_PACKER_H

#include <stdbool.h>
#include <stdlib.h>

#include "bytes.h"

struct packer {
	uint8_t *data;
	size_t size, capacity;
	bool swap; /* the file gets the other byte order */
	bool no_memory;
};

/* Room for `size` bytes behind what is there, or NULL. */
static inline uint8_t *pack_room(struct packer *packer, size_t size)
{
	size_t capacity = packer->capacity ? packer->capacity : 4096;
	uint8_t *larger;

	while (capacity - packer->size < size)
		capacity *= 2;
	if (capacity != packer->capacity) {
		larger = packer->no_memory ? NULL : realloc(packer->data, capacity);
		if (!larger) {
			packer->no_memory = true;
			return NULL;
		}
		packer->data = larger;
		packer->capacity = capacity;
	}
	packer->size += size;
	return packer->data + packer->size - size;
}

static inline void pack_bytes(struct packer *packer, const void *bytes, size_t size)
{
	uint8_t *to = pack_room(packer, size);

	if (to && size > 0)
		memcpy(to, bytes, size);
}

static inline void pack_u8(struct packer *packer, uint8_t value)
{
	pack_bytes(packer, &value, sizeof(value));
}

static inline void pack_u16(struct packer *packer, uint16_t value)
{
	value = order_u16(value, packer->swap);
	pack_bytes(packer, &value, sizeof(value));
}

static inline void pack_u32(struct packer *packer, uint32_t value)
{
	value = order_u32(value, packer->swap);
	pack_bytes(packer, &value, sizeof(value));
}

static inline void pack_u64(struct packer *packer, uint64_t value)
{
	value = order_u64(value, packer->swap);
	pack_bytes(packer, &value, sizeof(value));
}

/* Set a u32 that was packed before, at this offset. */
static inline void pack_again_u32(struct packer *packer, size_t at, uint32_t value)
{
	if (!packer->no_memory)
		store_u32(packer->data + at, order_u32(value, packer->swap));
}

#endif
