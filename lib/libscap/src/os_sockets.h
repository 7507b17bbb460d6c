/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets by inode number. One table for all network namespaces: their inodes are of one file system. */
#ifndef SCAP_OS_SOCKETS_H
#define SCAP_OS_SOCKETS_H

#include "lists.h"
#include "os_file.h"

/* All 0 at the beginning; os_sockets_free(). */
struct os_sockets {
	struct lists found; /* fds are the sockets, named by `ino` alone; texts are theirs */
	size_t sorted;	    /* how many of them are in order */
	struct os_buffer file;
};

void os_sockets_free(struct os_sockets *sockets);

/* What the files of a /proc/PID/net directory say. One that is not there is left out. */
void os_sockets_read(struct os_sockets *sockets, int net_dir);

/*
 * What the kernel tells of this process's own network namespace; also the peers of Unix sockets. Kinds of
 * sockets that it does not tell about are read from `net_dir`.
 */
void os_sockets_ask(struct os_sockets *sockets, int net_dir);

/* The socket of that inode, or NULL. Its name is a text of sockets->found. */
const struct scap_fd *os_sockets_find(struct os_sockets *sockets, uint64_t ino);

/* A kind of sockets: the file of /proc/net, and how sock_diag(7) names it. */
struct os_socket_kind {
	const char *file;
	void (*parse)(const struct os_socket_kind *kind, const char *text, size_t size, struct lists *found);
	uint8_t family, protocol, l4proto;
	bool diag; /* there is a question for it */
};
extern const struct os_socket_kind os_socket_kinds[];
extern const size_t os_socket_kind_count;

/* One question to the kernel. False: it cannot tell. */
bool os_diag(const struct os_socket_kind *kind, struct lists *found);

/* A socket of these ends: a server if it has no other end, IPv4 if it only is mapped into IPv6. */
void os_add_inet(struct lists *found, uint64_t ino, bool v6, uint8_t l4proto, const uint8_t *source,
		 uint16_t sport, const uint8_t *dest, uint16_t dport);
void os_add_unix(struct lists *found, uint64_t ino, uint64_t source, uint64_t dest, const char *name,
		 size_t size);
void os_add_netlink(struct lists *found, uint64_t ino);

#endif
