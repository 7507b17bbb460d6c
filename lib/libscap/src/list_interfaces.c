/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the interface list. */
#include "format.h"
#include "lists.h"

static void take_addresses(struct cursor *entry, struct scap_interface *interface)
{
	size_t width = interface->ip_version == 4 ? 4 : 16;
	const uint8_t *from = take_bytes(entry, 3 * width);

	if (!from)
		return;
	memcpy(interface->address, from, width);
	memcpy(interface->netmask, from + width, width);
	memcpy(interface->broadcast, from + 2 * width, width);
}

enum entry_status decode_interface(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid)
{
	uint16_t type = take_u16(entry), name_size = take_u16(entry);
	struct scap_interface *interface;
	const uint8_t *name;

	(void)version, (void)tid;
	if (entry->broken)
		return ENTRY_BROKEN;
	if (type < INTERFACE_IPV4 || type > INTERFACE_IPV6_NO_SPEED)
		return ENTRY_UNKNOWN_TYPE;
	interface = lists_add(lists, &lists->interfaces, sizeof(*interface));
	if (!interface)
		return ENTRY_OK; /* the caller looks at no_memory */
	interface->ip_version = type == INTERFACE_IPV4 || type == INTERFACE_IPV4_NO_SPEED ? 4 : 6;
	take_addresses(entry, interface);
	if (type == INTERFACE_IPV4 || type == INTERFACE_IPV6)
		interface->linkspeed = take_u64(entry);
	name = take_bytes(entry, name_size);
	interface->name = lists_text(lists, name, name ? name_size : 0);
	if (!entry->broken)
		return ENTRY_OK;
	lists_drop(&lists->interfaces);
	return ENTRY_BROKEN;
}
