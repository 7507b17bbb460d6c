/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the fd list: fd, inode, type, and what belongs to a descriptor of that type. */
#include <stdio.h>

#include "lists.h"

static void take_address(struct cursor *entry, uint8_t *to, size_t size)
{
	const uint8_t *from = take_bytes(entry, size);

	if (from)
		memcpy(to, from, size);
}

static void take_connection(struct cursor *entry, struct scap_fd *fd, size_t width)
{
	take_address(entry, fd->source, width);
	take_address(entry, fd->dest, width);
	fd->sport = take_u16(entry);
	fd->dport = take_u16(entry);
	fd->l4proto = take_u8(entry);
}

static void take_server(struct cursor *entry, struct scap_fd *fd, size_t width)
{
	take_address(entry, fd->source, width);
	fd->sport = take_u16(entry);
	fd->l4proto = take_u8(entry);
}

static void take_file(struct cursor *entry, struct lists *lists, unsigned version, struct scap_fd *fd)
{
	fd->open_flags = take_u32(entry);
	fd->name = take_text(entry, lists);
	if (version >= 2 && cursor_left(entry) >= sizeof(uint32_t))
		fd->dev = take_u32(entry);
}

static enum entry_status unknown(struct lists *lists, struct scap_fd *fd)
{
	char name[sizeof("unknown-type:[255]")];
	int size = snprintf(name, sizeof(name), "unknown-type:[%u]", fd->type);

	fd->type = SCAP_FD_UNSUPPORTED;
	fd->name = lists_text(lists, name, (size_t)size);
	return ENTRY_UNKNOWN_TYPE;
}

static enum entry_status take_rest(struct cursor *entry, struct lists *lists, unsigned version,
				   struct scap_fd *fd)
{
	switch (fd->type) {
	case SCAP_FD_IPV4_SOCK:
		take_connection(entry, fd, 4);
		break;
	case SCAP_FD_IPV6_SOCK:
		take_connection(entry, fd, 16);
		break;
	case SCAP_FD_IPV4_SERVSOCK:
		take_server(entry, fd, 4);
		break;
	case SCAP_FD_IPV6_SERVSOCK:
		take_server(entry, fd, 16);
		break;
	case SCAP_FD_UNIX_SOCK:
		fd->unix_source = take_u64(entry);
		fd->unix_dest = take_u64(entry);
		fd->name = take_text(entry, lists);
		break;
	case SCAP_FD_FILE_V2:
		take_file(entry, lists, version, fd);
		break;
	default:
		if (fd->type < SCAP_FD_FILE || fd->type > SCAP_FD_PIDFD)
			return unknown(lists, fd);
		fd->name = take_text(entry, lists);
	}
	return ENTRY_OK;
}

enum entry_status decode_fd(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid)
{
	struct scap_fd *fd = lists_add(lists, &lists->fds, sizeof(*fd));
	enum entry_status status;

	if (!fd)
		return ENTRY_OK; /* the caller looks at no_memory */
	fd->tid = tid;
	fd->fd = (int64_t)take_u64(entry);
	fd->ino = take_u64(entry);
	fd->type = take_u8(entry);
	status = entry->broken ? ENTRY_BROKEN : take_rest(entry, lists, version, fd);
	if (!entry->broken)
		return status;
	lists_drop(&lists->fds);
	return ENTRY_BROKEN;
}
