/* SPDX-License-Identifier: Apache-2.0 */
/* Loads and stores of unaligned integers. Every integer of a file goes through here. */
#ifndef SCAP_BYTES_H
#define SCAP_BYTES_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static inline uint16_t load_u16(const uint8_t *from)
{
	uint16_t value;

	memcpy(&value, from, sizeof(value));
	return value;
}

static inline uint32_t load_u32(const uint8_t *from)
{
	uint32_t value;

	memcpy(&value, from, sizeof(value));
	return value;
}

static inline uint64_t load_u64(const uint8_t *from)
{
	uint64_t value;

	memcpy(&value, from, sizeof(value));
	return value;
}

static inline uint8_t *store_u16(uint8_t *to, uint16_t value)
{
	memcpy(to, &value, sizeof(value));
	return to + sizeof(value);
}

static inline uint8_t *store_u32(uint8_t *to, uint32_t value)
{
	memcpy(to, &value, sizeof(value));
	return to + sizeof(value);
}

static inline uint8_t *store_u64(uint8_t *to, uint64_t value)
{
	memcpy(to, &value, sizeof(value));
	return to + sizeof(value);
}

/* A value from a file of the other byte order (`swap`) or of ours. */
static inline uint16_t order_u16(uint16_t value, bool swap)
{
	return swap ? __builtin_bswap16(value) : value;
}

static inline uint32_t order_u32(uint32_t value, bool swap)
{
	return swap ? __builtin_bswap32(value) : value;
}

static inline uint64_t order_u64(uint64_t value, bool swap)
{
	return swap ? __builtin_bswap64(value) : value;
}

#endif
