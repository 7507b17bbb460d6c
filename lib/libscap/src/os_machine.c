/* SPDX-License-Identifier: Apache-2.0 */
/* Users, groups and interfaces of this machine. */
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "os_scan.h"

#define USERS_MAX ((size_t)64 << 20)

void os_scan_users(struct os_scan *scan)
{
	struct os_buffer file = {0};

	if (os_scan_file(scan, scan->root_dir, "etc/passwd", &file, USERS_MAX))
		os_parse_passwd(file.data, file.size, scan->lists);
	if (os_scan_file(scan, scan->root_dir, "etc/group", &file, USERS_MAX))
		os_parse_group(file.data, file.size, scan->lists);
	free(file.data);
}

/* The kernel tells Mbit/s; -1, or an error, where there is no such thing. */
static uint64_t link_speed(const struct os_scan *scan, const char *name)
{
	char path[64 + IFNAMSIZ], text[32];
	int64_t speed;

	snprintf(path, sizeof(path), "sys/class/net/%s/speed", name);
	if (os_read(scan->root_dir, path, text, sizeof(text)) <= 0)
		return 0;
	speed = (int64_t)os_number(os_span(text, strcspn(text, "\n")), 10);
	return speed > 0 ? (uint64_t)speed * 1000000 : 0;
}

static void take_address(const struct sockaddr *address, int family, uint8_t *to)
{
	if (!address || address->sa_family != family)
		return;
	if (family == AF_INET)
		memcpy(to, &((const struct sockaddr_in *)address)->sin_addr, 4);
	else
		memcpy(to, &((const struct sockaddr_in6 *)address)->sin6_addr, 16);
}

static void add_interface(struct os_scan *scan, const struct ifaddrs *from)
{
	struct scap_interface *to = lists_add(scan->lists, &scan->lists->interfaces, sizeof(*to));
	int family = from->ifa_addr->sa_family;

	if (!to)
		return;
	to->ip_version = family == AF_INET ? 4 : 6;
	take_address(from->ifa_addr, family, to->address);
	take_address(from->ifa_netmask, family, to->netmask);
	if (family == AF_INET)
		take_address(from->ifa_broadaddr, family, to->broadcast);
	to->linkspeed = link_speed(scan, from->ifa_name);
	to->name = lists_text(scan->lists, from->ifa_name, strlen(from->ifa_name));
}

/* IPv4 before IPv6, as files have them. */
void os_scan_interfaces(struct os_scan *scan)
{
	struct ifaddrs *all;

	if (getifaddrs(&all) != 0)
		return;
	for (int i = 0; i < 2; i++)
		for (const struct ifaddrs *at = all; at; at = at->ifa_next)
			if (at->ifa_addr && at->ifa_addr->sa_family == (i == 0 ? AF_INET : AF_INET6))
				add_interface(scan, at);
	freeifaddrs(all);
}
