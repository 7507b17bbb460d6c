/* SPDX-License-Identifier: Apache-2.0 */
#include <stdbool.h>

#include "../src/bytes.h"
#include "../src/format.h"
#include "mend.h"

static bool is_swapped(const uint8_t *data, size_t size)
{
	return size >= 12 && load_u32(data + 8) == SECTION_MAGIC_OTHER;
}

void mend_blocks(uint8_t *data, size_t size)
{
	bool swap = is_swapped(data, size);

	for (size_t at = 0; at + BLOCK_MIN <= size;) {
		uint32_t total = order_u32(load_u32(data + at + 4), swap) & ~3u;

		if (total < BLOCK_MIN || total > size - at)
			total = (uint32_t)(size - at) & ~3u;
		store_u32(data + at + 4, order_u32(total, swap));
		store_u32(data + at + total - BLOCK_TRAILER, order_u32(total, swap));
		at += total;
	}
}
