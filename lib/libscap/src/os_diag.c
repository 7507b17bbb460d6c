/* SPDX-License-Identifier: Apache-2.0 */
/* sock_diag(7): the kernel's own list of sockets, faster than the text of /proc/net. */
#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "os_sockets.h"

#define ANSWER	 32768 /* the kernel fills at most this much of a datagram */
#define PATIENCE 5     /* seconds for one of them */

static int open_diag(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
	struct timeval patience = {.tv_sec = PATIENCE};

	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return fd;
}

static bool ask(int fd, const struct os_socket_kind *kind)
{
	struct {
		struct nlmsghdr header;
		union {
			struct inet_diag_req_v2 inet;
			struct unix_diag_req unix;
		};
	} question = {0};

	question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
	question.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	question.header.nlmsg_len = sizeof(question);
	if (kind->family == AF_UNIX) {
		question.unix.sdiag_family = AF_UNIX;
		question.unix.udiag_states = ~0u;
		question.unix.udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER;
		question.header.nlmsg_len = NLMSG_LENGTH(sizeof(question.unix));
	} else {
		question.inet.sdiag_family = kind->family;
		question.inet.sdiag_protocol = kind->protocol;
		question.inet.idiag_states = ~0u;
		question.header.nlmsg_len = NLMSG_LENGTH(sizeof(question.inet));
	}
	return send(fd, &question, question.header.nlmsg_len, 0) == (ssize_t)question.header.nlmsg_len;
}

static void take_inet(const struct os_socket_kind *kind, const struct nlmsghdr *header, struct lists *found)
{
	const struct inet_diag_msg *answer = NLMSG_DATA(header);

	if (header->nlmsg_len < NLMSG_LENGTH(sizeof(*answer)))
		return;
	os_add_inet(found, answer->idiag_inode, kind->family == AF_INET6, kind->l4proto,
		    (const uint8_t *)answer->id.idiag_src, ntohs(answer->id.idiag_sport),
		    (const uint8_t *)answer->id.idiag_dst, ntohs(answer->id.idiag_dport));
}

/* Abstract names begin with a NUL, which is shown as @; those of files may end with one. */
static void add_unix(struct lists *found, const struct unix_diag_msg *answer, uint32_t peer, const char *name,
		     size_t size)
{
	char shown[256];

	size = size < sizeof(shown) ? size : sizeof(shown);
	memcpy(shown, name, size);
	for (size_t i = 0; i < size; i++)
		if (shown[i] == 0 && shown[0] != '/')
			shown[i] = '@';
	while (size > 0 && shown[size - 1] == 0)
		size--;
	os_add_unix(found, answer->udiag_ino, answer->udiag_ino, peer, shown, size);
}

static void take_unix(const struct nlmsghdr *header, struct lists *found)
{
	const struct unix_diag_msg *answer = NLMSG_DATA(header);
	const struct rtattr *attribute = (const struct rtattr *)(answer + 1);
	const char *name = "";
	uint32_t peer = 0;
	size_t size = 0;
	int left;

	if (header->nlmsg_len < NLMSG_LENGTH(sizeof(*answer)))
		return;
	left = (int)(header->nlmsg_len - NLMSG_LENGTH(sizeof(*answer)));
	for (; RTA_OK(attribute, left); attribute = RTA_NEXT(attribute, left)) {
		if (attribute->rta_type == UNIX_DIAG_NAME) {
			name = RTA_DATA(attribute);
			size = RTA_PAYLOAD(attribute);
		} else if (attribute->rta_type == UNIX_DIAG_PEER && RTA_PAYLOAD(attribute) >= sizeof(peer)) {
			memcpy(&peer, RTA_DATA(attribute), sizeof(peer));
		}
	}
	add_unix(found, answer, peer, name, size);
}

enum answer { MORE, DONE, REFUSED };

static enum answer take_answer(const struct os_socket_kind *kind, const void *bytes, size_t size,
			       struct lists *found)
{
	const struct nlmsghdr *header = bytes;

	for (; NLMSG_OK(header, size); header = NLMSG_NEXT(header, size)) {
		if (header->nlmsg_type == NLMSG_DONE)
			return DONE;
		if (header->nlmsg_type == NLMSG_ERROR)
			return REFUSED;
		if (header->nlmsg_type != SOCK_DIAG_BY_FAMILY)
			continue;
		if (kind->family == AF_UNIX)
			take_unix(header, found);
		else
			take_inet(kind, header, found);
	}
	return MORE;
}

bool os_diag(const struct os_socket_kind *kind, struct lists *found)
{
	uint32_t bytes[ANSWER / 4]; /* aligned as headers want it */
	enum answer answer = REFUSED;
	size_t before = found->fds.count;
	int fd = open_diag();

	if (fd < 0)
		return false;
	if (ask(fd, kind)) {
		do {
			ssize_t got = recv(fd, bytes, sizeof(bytes), 0);

			answer = got > 0 ? take_answer(kind, bytes, (size_t)got, found) : REFUSED;
		} while (answer == MORE);
	}
	close(fd);
	if (answer == REFUSED)
		found->fds.count = before;
	return answer == DONE;
}
