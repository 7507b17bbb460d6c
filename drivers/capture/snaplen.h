/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Dynamic snaplen: of some sockets more bytes are kept than of the rest, by their ports or, where the data is
 * one buffer, by what it begins with. Ports, protocols and lengths are those of the existing drivers, so that
 * what reads protocols from captures finds the same bytes. It never keeps less than the snaplen that was set.
 */
#ifndef CAPTURE_SNAPLEN_H
#define CAPTURE_SNAPLEN_H

#define SNAPLEN_FULLCAPTURE 16000 /* ports that user space chose */
#define SNAPLEN_EXTENDED    2000
#define SNAPLEN_DNS	    512

#define SNAPLEN_PORT_DNS      53
#define SNAPLEN_PORT_MYSQL    3306
#define SNAPLEN_PORT_POSTGRES 5432
#define SNAPLEN_PORT_MONGODB  27017

#define SNAPLEN_LOOKAHEAD 16 /* shorter data is not looked into */

/* Ports of the socket, in host order, lie in walk[]; 0 where it has none. */
#define SNAPLEN_LOCAL  0
#define SNAPLEN_REMOTE 1

static __always_inline void snaplen_raise(struct capture_ctx *c, u32 length)
{
	if (c->snaplen < length)
		c->snaplen = length;
}

/* An unconnected socket has no remote port: that of the address in the call counts, if there is one. */
static __always_inline void snaplen_read_ports(struct capture_ctx *c, struct sock *sk, u64 address)
{
	struct inet_sock *inet = (struct inet_sock *)sk;
	u16 family = KREAD(sk, __sk_common.skc_family), remote;

	c->walk[SNAPLEN_LOCAL] = 0;
	c->walk[SNAPLEN_REMOTE] = 0;
	if (family != NET_AF_INET && family != NET_AF_INET6)
		return;
	remote = KREAD(sk, __sk_common.skc_dport);
	if (!remote && address)
		remote = net_user_u16(c, address + NET_OFF_PORT);
	c->walk[SNAPLEN_LOCAL] = walk_ntohs(KREAD(inet, inet_sport));
	c->walk[SNAPLEN_REMOTE] = walk_ntohs(remote);
}

static __always_inline bool snaplen_has_port(const struct capture_ctx *c, const u32 port)
{
	return c->walk[SNAPLEN_LOCAL] == port || c->walk[SNAPLEN_REMOTE] == port;
}

static __always_inline bool snaplen_in_range(u64 port)
{
	return port >= config()->fullcapture_first && port <= config()->fullcapture_last;
}

/* True: the ports decided. */
static __always_inline bool snaplen_by_ports(struct capture_ctx *c)
{
	u64 remote = c->walk[SNAPLEN_REMOTE];

	if (config()->fullcapture_last &&
	    (snaplen_in_range(c->walk[SNAPLEN_LOCAL]) || snaplen_in_range(remote))) {
		snaplen_raise(c, SNAPLEN_FULLCAPTURE);
		return true;
	}
	if (remote && remote == config()->statsd_port) {
		snaplen_raise(c, SNAPLEN_EXTENDED);
		return true;
	}
	if (remote == SNAPLEN_PORT_DNS) {
		snaplen_raise(c, SNAPLEN_DNS);
		return true;
	}
	return false;
}

/* Four bytes as one number, whatever the machine's byte order. */
#define SNAPLEN_4(a, b, c, d) ((u32)(a) | (u32)(b) << 8 | (u32)(c) << 16 | (u32)(d) << 24)

/* A MySQL command or greeting. */
static __always_inline bool snaplen_is_mysql(const u8 *b)
{
	return b[0] == 3 || b[1] == 3 || b[2] == 3 || b[3] == 3 || b[4] == 3 || (!b[2] && !b[3]);
}

/* Query, Parse and Execute or Error with a short length; or a start-up message of protocol 3. */
static __always_inline bool snaplen_is_postgres(const u8 *b)
{
	if (!b[4] && b[5] == 3 && !b[6])
		return true;
	return !b[1] && (b[0] == 'Q' || b[0] == 'P' || b[0] == 'E');
}

/* The operation of a MongoDB message, in little endian: reply, or one of the requests. */
static __always_inline bool snaplen_is_mongodb(const u8 *b)
{
	u32 operation = SNAPLEN_4(b[12], b[13], b[14], b[15]);

	return operation == 1 || (operation >= 2001 && operation <= 2007);
}

static __always_inline bool snaplen_is_http(const u8 *b)
{
	switch (SNAPLEN_4(b[0], b[1], b[2], b[3])) {
	case SNAPLEN_4('G', 'E', 'T', ' '):
	case SNAPLEN_4('P', 'O', 'S', 'T'):
	case SNAPLEN_4('P', 'U', 'T', ' '):
	case SNAPLEN_4('D', 'E', 'L', 'E'):
	case SNAPLEN_4('T', 'R', 'A', 'C'):
	case SNAPLEN_4('C', 'O', 'N', 'N'):
	case SNAPLEN_4('O', 'P', 'T', 'I'):
		return true;
	case SNAPLEN_4('H', 'T', 'T', 'P'):
		return b[4] == '/';
	}
	return false;
}

/* On a port that has a protocol of its own, only that protocol counts. */
static __always_inline bool snaplen_is_known(const struct capture_ctx *c, const u8 *b)
{
	if (snaplen_has_port(c, SNAPLEN_PORT_MYSQL))
		return snaplen_is_mysql(b);
	if (snaplen_has_port(c, SNAPLEN_PORT_POSTGRES))
		return snaplen_is_postgres(b);
	return snaplen_has_port(c, SNAPLEN_PORT_MONGODB) || snaplen_is_mongodb(b) || snaplen_is_http(b);
}

/* Of data that is cut anyway. True: the ports of argument 0's socket did not decide. */
static __always_inline bool snaplen_of_socket(struct capture_ctx *c, u64 address, u64 n)
{
	struct sock *sk;

	if (!config()->dynamic_snaplen || n <= c->snaplen)
		return false;
	sk = walk_fd_sock(cur_task(), (s32)arg(c, 0));
	if (!sk)
		return false;
	snaplen_read_ports(c, sk, address);
	return !snaplen_by_ports(c);
}

/* How much is kept of n bytes at `data` that went through argument 0. `address`: socket address in the call,
 * or 0. */
static __always_inline void snaplen_of_data(struct capture_ctx *c, u64 address, u64 data, u64 n)
{
	if (snaplen_of_socket(c, address, n) && n >= SNAPLEN_LOOKAHEAD &&
	    !copy_user(c->tmp, SNAPLEN_LOOKAHEAD, data) && snaplen_is_known(c, (const u8 *)c->tmp))
		snaplen_raise(c, SNAPLEN_EXTENDED);
}

/* The same of n bytes in several buffers. */
static __always_inline void snaplen_of_vector(struct capture_ctx *c, u64 address, u64 n)
{
	snaplen_of_socket(c, address, n);
}

#endif
