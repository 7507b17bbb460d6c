/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers inside parameters, from the other byte order to ours or back. A parameter that has not the size or
 * shape of its type stays as it is: what reads it will say so. Addresses are in network order, and texts have
 * no order.
 */
#include "bytes.h"
#include "import.h"
#include "scap_event_table.h"

enum { FAMILY_UNIX = 1, FAMILY_INET = 2, FAMILY_INET6 = 10 };

static void reverse(uint8_t *number, size_t size)
{
	for (size_t i = 0; i < size / 2; i++) {
		uint8_t other = number[size - 1 - i];

		number[size - 1 - i] = number[i];
		number[i] = other;
	}
}

/* u8 family; address and u16 port, once (SOCKADDR) or twice (SOCKTUPLE). */
static void swap_endpoints(uint8_t *value, size_t size, size_t count)
{
	size_t width = value[0] == FAMILY_INET ? 4 : 16;

	if (value[0] != FAMILY_INET && value[0] != FAMILY_INET6)
		return;
	for (size_t i = 1; i <= count && 1 + i * (width + 2) <= size; i++)
		reverse(value + 1 + i * (width + 2) - 2, 2);
}

static void swap_tuple(uint8_t *value, size_t size)
{
	if (value[0] == FAMILY_UNIX && size >= 17) { /* two kernel pointers, then a path */
		reverse(value + 1, 8);
		reverse(value + 9, 8);
		return;
	}
	swap_endpoints(value, size, 2);
}

/* u16 count; i64 fd and i16 events of each. The size tells how many there are: the count is in one order when
 * reading and in the other when writing. */
static void swap_fdlist(uint8_t *value, size_t size)
{
	if (size < 2)
		return;
	reverse(value, 2);
	for (size_t i = 0; 2 + (i + 1) * 10 <= size; i++) {
		reverse(value + 2 + i * 10, 8);
		reverse(value + 2 + i * 10 + 8, 2);
	}
}

static void swap_value(uint8_t type, uint8_t *value, size_t size)
{
	switch (type) {
	case SCAP_PT_IPV4ADDR:
	case SCAP_PT_IPV6ADDR:
		return;
	case SCAP_PT_SOCKADDR:
		swap_endpoints(value, size, 1);
		return;
	case SCAP_PT_SOCKTUPLE:
		swap_tuple(value, size);
		return;
	case SCAP_PT_FDLIST:
		swap_fdlist(value, size);
		return;
	default:
		if (scap_type_size[type] == size)
			reverse(value, size);
	}
}

void swap_param(const struct scap_param_info *info, uint8_t *value, size_t size)
{
	if (size == 0)
		return;
	if (info->type != SCAP_PT_DYN)
		swap_value(info->type, value, size);
	else if (value[0] < info->nvariants && size > 1)
		swap_value(info->variants[value[0]].type, value + 1, size - 1);
}
