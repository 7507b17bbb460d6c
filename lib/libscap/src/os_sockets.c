/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "os_sockets.h"
#include "os_text.h"

#define FILE_MAX ((size_t)64 << 20)

static const uint8_t nowhere[16];
static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};

void os_add_inet(struct lists *found, uint64_t ino, bool v6, uint8_t l4proto, const uint8_t *source,
		 uint16_t sport, const uint8_t *dest, uint16_t dport)
{
	struct scap_fd *fd = ino ? lists_add(found, &found->fds, sizeof(*fd)) : NULL;
	size_t width = v6 ? 16 : 4;
	bool server;

	if (!fd)
		return;
	server = dport == 0 && memcmp(dest, nowhere, width) == 0;
	if (v6 && memcmp(source, mapped, 12) == 0 && (server || memcmp(dest, mapped, 12) == 0)) {
		v6 = false;
		width = 4;
		source += 12;
		dest += 12;
	}
	fd->ino = ino;
	fd->l4proto = l4proto;
	fd->sport = sport;
	memcpy(fd->source, source, width);
	if (server) {
		fd->type = v6 ? SCAP_FD_IPV6_SERVSOCK : SCAP_FD_IPV4_SERVSOCK;
		return;
	}
	fd->type = v6 ? SCAP_FD_IPV6_SOCK : SCAP_FD_IPV4_SOCK;
	fd->dport = dport;
	memcpy(fd->dest, dest, width);
}

void os_add_unix(struct lists *found, uint64_t ino, uint64_t source, uint64_t dest, const char *name,
		 size_t size)
{
	struct scap_fd *fd = ino ? lists_add(found, &found->fds, sizeof(*fd)) : NULL;

	if (!fd)
		return;
	fd->type = SCAP_FD_UNIX_SOCK;
	fd->ino = ino;
	fd->unix_source = source;
	fd->unix_dest = dest;
	fd->name = lists_text(found, name, size);
}

void os_add_netlink(struct lists *found, uint64_t ino)
{
	struct scap_fd *fd = ino ? lists_add(found, &found->fds, sizeof(*fd)) : NULL;

	if (!fd)
		return;
	fd->type = SCAP_FD_NETLINK;
	fd->ino = ino;
	fd->name = lists_text(found, "", 0);
}

/* An address is printed as numbers of 32 bits in the machine's order, so as numbers they are stored. */
static bool take_end(struct os_span word, uint8_t *address, size_t width, uint16_t *port)
{
	if ((size_t)(word.end - word.at) != 2 * width + 5 || word.at[2 * width] != ':')
		return false;
	for (size_t i = 0; i < width / 4; i++) {
		uint32_t part = (uint32_t)os_number(os_span(word.at + 8 * i, 8), 16);

		memcpy(address + 4 * i, &part, 4);
	}
	*port = (uint16_t)os_number(os_span(word.at + 2 * width + 1, 4), 16);
	return true;
}

/* sl local remote st queues timer retrnsmt uid timeout inode … */
static void parse_inet(const struct os_socket_kind *kind, const char *text, size_t size, struct lists *found)
{
	size_t width = kind->family == AF_INET6 ? 16 : 4;
	struct os_span file = os_span(text, size), line, words[10];

	os_line(&file, &line); /* the heading */
	while (os_line(&file, &line)) {
		uint8_t source[16] = {0}, dest[16] = {0};
		uint16_t sport, dport;
		unsigned count = 0;

		while (count < 10 && os_word(&line, &words[count]))
			count++;
		if (count < 10 || !take_end(words[1], source, width, &sport) ||
		    !take_end(words[2], dest, width, &dport))
			continue;
		if (kind->protocol == IPPROTO_RAW) /* there, "ports" are protocol and state */
			sport = dport = 0;
		os_add_inet(found, os_number(words[9], 10), width == 16, kind->l4proto, source, sport, dest,
			    dport);
	}
}

/* Num: RefCount Protocol Flags Type St Inode Path. The first is the socket's address in the kernel, hidden in
 * new ones. */
static void parse_unix(const struct os_socket_kind *kind, const char *text, size_t size, struct lists *found)
{
	struct os_span file = os_span(text, size), line, words[7];

	(void)kind;
	os_line(&file, &line);
	while (os_line(&file, &line)) {
		unsigned count = 0;

		while (count < 7 && os_word(&line, &words[count]))
			count++;
		if (count < 7)
			continue;
		words[0].end--;		/* the colon */
		if (line.at < line.end) /* one blank before the name, which may begin with others */
			line.at++;
		os_add_unix(found, os_number(words[6], 10), os_number(words[0], 16), 0, line.at,
			    (size_t)(line.end - line.at));
	}
}

/* sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode */
static void parse_netlink(const struct os_socket_kind *kind, const char *text, size_t size,
			  struct lists *found)
{
	struct os_span file = os_span(text, size), line, word;

	(void)kind;
	os_line(&file, &line);
	while (os_line(&file, &line)) {
		unsigned count = 0;

		while (count < 10 && os_word(&line, &word))
			count++;
		if (count == 10)
			os_add_netlink(found, os_number(word, 10));
	}
}

const struct os_socket_kind os_socket_kinds[] = {
    {"tcp", parse_inet, AF_INET, IPPROTO_TCP, SCAP_L4_TCP, true},
    {"tcp6", parse_inet, AF_INET6, IPPROTO_TCP, SCAP_L4_TCP, true},
    {"udp", parse_inet, AF_INET, IPPROTO_UDP, SCAP_L4_UDP, true},
    {"udp6", parse_inet, AF_INET6, IPPROTO_UDP, SCAP_L4_UDP, true},
    {"icmp", parse_inet, AF_INET, IPPROTO_ICMP, SCAP_L4_ICMP, false},
    {"icmp6", parse_inet, AF_INET6, IPPROTO_ICMPV6, SCAP_L4_ICMP, false},
    {"raw", parse_inet, AF_INET, IPPROTO_RAW, SCAP_L4_RAW, false},
    {"raw6", parse_inet, AF_INET6, IPPROTO_RAW, SCAP_L4_RAW, false},
    {"unix", parse_unix, AF_UNIX, 0, SCAP_L4_NA, true},
    {"netlink", parse_netlink, AF_NETLINK, 0, SCAP_L4_NA, false},
};
const size_t os_socket_kind_count = sizeof(os_socket_kinds) / sizeof(os_socket_kinds[0]);

static void read_kind(struct os_sockets *sockets, int net_dir, const struct os_socket_kind *kind)
{
	if (net_dir < 0)
		return;
	if (os_read_all(net_dir, kind->file, &sockets->file, FILE_MAX))
		kind->parse(kind, sockets->file.data, sockets->file.size, &sockets->found);
	else
		sockets->found.no_memory |= errno == ENOMEM;
}

void os_sockets_read(struct os_sockets *sockets, int net_dir)
{
	for (size_t i = 0; i < os_socket_kind_count; i++)
		read_kind(sockets, net_dir, &os_socket_kinds[i]);
}

void os_sockets_ask(struct os_sockets *sockets, int net_dir)
{
	for (size_t i = 0; i < os_socket_kind_count; i++) {
		const struct os_socket_kind *kind = &os_socket_kinds[i];

		if (!kind->diag || !os_diag(kind, &sockets->found))
			read_kind(sockets, net_dir, kind);
	}
}

void os_sockets_free(struct os_sockets *sockets)
{
	lists_free(&sockets->found);
	free(sockets->file.data);
}

static int by_ino(const void *left, const void *right)
{
	const struct scap_fd *a = left, *b = right;

	return a->ino < b->ino ? -1 : a->ino > b->ino;
}

const struct scap_fd *os_sockets_find(struct os_sockets *sockets, uint64_t ino)
{
	struct array *fds = &sockets->found.fds;
	const struct scap_fd key = {.ino = ino};

	if (fds->count == 0)
		return NULL;
	if (sockets->sorted != fds->count)
		qsort(fds->items, fds->count, sizeof(key), by_ino);
	sockets->sorted = fds->count;
	return bsearch(&key, fds->items, fds->count, sizeof(key), by_ino);
}
