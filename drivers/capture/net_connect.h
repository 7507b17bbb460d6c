/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Making, naming and connecting sockets. */
#ifndef CAPTURE_NET_CONNECT_H
#define CAPTURE_NET_CONNECT_H

#define NET_EINPROGRESS 115 /* the same on every architecture that we build for */

FILLER(socket)
{
	push_s64(c, ret(c));
	push_u32(c, scap_map_socket_family((u32)arg(c, 0)));
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
	push_u32(c, scap_map_socket_flags((u32)arg(c, 1)));
}

FILLER(bind)
{
	push_s64(c, ret(c));
	push_sockaddr_user(c, arg(c, 1), (u32)arg(c, 2));
	push_fd(c, arg(c, 0));
}

/* There is a tuple once the connection exists or is on its way. */
FILLER(connect)
{
	push_s64(c, ret(c));
	if (ret(c) == 0 || ret(c) == -NET_EINPROGRESS)
		push_tuple(c, (s32)arg(c, 0), arg(c, 1), (u32)arg(c, 2), NET_OUTBOUND);
	else
		push_none(c);
	push_fd(c, arg(c, 0));
	push_sockaddr_user(c, arg(c, 1), (u32)arg(c, 2));
}

FILLER(listen)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_s32(c, (s32)arg(c, 1));
}

/* The queue of the listening socket, as it is after the accept. */
static __always_inline void net_push_accept(struct capture_ctx *c)
{
	struct sock *sk = walk_fd_sock(cur_task(), (s32)arg(c, 0));
	u32 len = KREAD(sk, sk_ack_backlog), max = KREAD(sk, sk_max_ack_backlog);

	push_s64(c, ret(c));
	if (ret(c) >= 0) {
		push_tuple(c, ret(c), 0, 0, NET_INBOUND);
	} else {
		push_none(c);
		len = 0;
		max = 0;
	}
	push_u8(c, max ? (u8)((u64)len * 100 / max) : 0);
	push_u32(c, len);
	push_u32(c, max);
}

FILLER(accept)
{
	net_push_accept(c);
}

FILLER(accept4)
{
	net_push_accept(c);
	push_u32(c, scap_map_socket_flags((u32)arg(c, 3)));
}

FILLER(shutdown)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u8(c, (u8)scap_map_shutdown_how((u32)arg(c, 1)));
}

/* Two descriptors that the call wrote to `addr` go to tmp[0]; after a failure there are none. */
static __always_inline void net_read_pair(struct capture_ctx *c, u64 addr)
{
	if (ret(c) < 0 || copy_user(c->tmp, 8, addr))
		c->tmp[0] = ~0ULL;
}

static __always_inline s32 net_pair_fd(const struct capture_ctx *c, const u32 i)
{
	return ((const s32 *)c->tmp)[i];
}

FILLER(socketpair)
{
	struct unix_sock *sk;

	push_s64(c, ret(c));
	net_read_pair(c, arg(c, 3));
	push_s64(c, net_pair_fd(c, 0));
	push_s64(c, net_pair_fd(c, 1));
	sk = (struct unix_sock *)walk_fd_sock(cur_task(), net_pair_fd(c, 0));
	push_u64(c, (u64)(unsigned long)sk);
	push_u64(c, (u64)(unsigned long)KREAD(sk, peer));
	push_u32(c, scap_map_socket_family((u32)arg(c, 0)));
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
}

#endif
