/* SPDX-License-Identifier: Apache-2.0 */
/* The same text to every parser of what kernels write. */
#ifndef SCAP_FEED_OS_TEXT_H
#define SCAP_FEED_OS_TEXT_H

#include "../src/os_sockets.h"
#include "../src/os_text.h"

static inline void feed_os_text(const char *text, size_t size)
{
	struct scap_thread thread = {0};
	struct lists lists = {0};
	struct os_fdinfo info;
	struct os_status more;
	struct os_mount mount;
	struct os_span comm, file = os_span(text, size), line;
	char room[64];
	uint64_t ticks;

	os_parse_status(text, size, &thread, &more);
	os_parse_stat(text, size, &thread, &comm, &ticks);
	os_parse_fd_limit(text, size);
	os_parse_boot_time(text, size);
	os_format_cgroups(text, size, os_parse_controllers(text, size), room, sizeof(room));
	os_parse_fdinfo(text, size, &info);
	while (os_line(&file, &line))
		if (os_parse_mount(line, &mount))
			os_unescape(mount.point, room, sizeof(room));
	for (size_t i = 0; i < os_socket_kind_count; i++)
		os_socket_kinds[i].parse(&os_socket_kinds[i], text, size, &lists);
	os_parse_passwd(text, size, &lists);
	os_parse_group(text, size, &lists);
	lists_free(&lists);
}

#endif
