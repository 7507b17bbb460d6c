/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Sending and receiving on sockets. */
#ifndef CAPTURE_NET_MESSAGE_H
#define CAPTURE_NET_MESSAGE_H

/* Without an address (send, recv) the connection alone tells the tuple. */
static __always_inline void net_push_sent_to(struct capture_ctx *c, u64 address, u32 size)
{
	snaplen_of_data(c, address, arg(c, 1), io_sent(c, arg(c, 2)));
	push_s64(c, ret(c));
	push_data(c, arg(c, 1), io_sent(c, arg(c, 2)));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 2));
	if (ret(c) >= 0)
		push_tuple(c, (s32)arg(c, 0), address, size, NET_OUTBOUND);
	else
		push_none(c);
}

FILLER(sendto)
{
	net_push_sent_to(c, arg(c, 4), (u32)arg(c, 5));
}

FILLER(send)
{
	net_push_sent_to(c, 0, 0);
}

static __always_inline void net_push_origin(struct capture_ctx *c, u64 address)
{
	if (ret(c) >= 0)
		push_tuple(c, (s32)arg(c, 0), address, 0, NET_INBOUND);
	else
		push_none(c);
}

FILLER(recvfrom)
{
	snaplen_of_data(c, arg(c, 4), arg(c, 1), io_received(c));
	push_s64(c, ret(c));
	push_data(c, arg(c, 1), io_received(c));
	net_push_origin(c, arg(c, 4));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 2));
}

FILLER(recv)
{
	snaplen_of_data(c, 0, arg(c, 1), io_received(c));
	push_s64(c, ret(c));
	push_data(c, arg(c, 1), io_received(c));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 2));
	net_push_origin(c, 0);
}

/*
 * The caller's struct msghdr to msg; zeroes if it is unreadable. A 32-bit call's is seven u32. What follows
 * reads msg again: the BPF verifier would follow the values of each branch by themselves, through the loop
 * over iovecs.
 */
static __always_inline void net_read_msghdr(struct capture_ctx *c, u64 addr)
{
	struct capture_msghdr *m = &c->msg;
	u32 *narrow = (u32 *)c->tmp;

	if (copy_user(c->tmp, c->compat ? 28 : 56, addr)) {
		m->name = m->iov = m->control = m->control_size = 0;
		m->name_size = m->iov_count = 0;
	} else if (c->compat) {
		m->name = narrow[0];
		m->name_size = narrow[1];
		m->iov = narrow[2];
		m->iov_count = narrow[3];
		m->control = narrow[4];
		m->control_size = narrow[5];
	} else {
		m->name = c->tmp[0];
		m->name_size = ((u32 *)c->tmp)[2]; /* and 4 bytes of padding */
		m->iov = c->tmp[2];
		m->iov_count = c->tmp[3] > IO_IOV_MAX ? IO_IOV_MAX : (u32)c->tmp[3];
		m->control = c->tmp[4];
		m->control_size = c->tmp[5];
	}
	asm volatile("" ::: "memory");
}

FILLER(sendmsg)
{
	net_read_msghdr(c, arg(c, 1));
	snaplen_of_vector(c, c->msg.name, io_sent(c, CAPTURE_SNAPLEN_MAX));
	push_s64(c, ret(c));
	push_iovec(c, c->msg.iov, c->msg.iov_count, io_sent(c, CAPTURE_SNAPLEN_MAX));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)c->cursor[0]);
	if (ret(c) >= 0)
		push_tuple(c, (s32)arg(c, 0), c->msg.name, c->msg.name_size, NET_OUTBOUND);
	else
		push_none(c);
}

FILLER(recvmsg)
{
	net_read_msghdr(c, arg(c, 1));
	snaplen_of_vector(c, c->msg.name, io_received(c));
	push_s64(c, ret(c));
	push_u32(c, (u32)io_received(c));
	push_iovec(c, c->msg.iov, c->msg.iov_count, io_received(c));
	if (ret(c) >= 0) {
		push_tuple(c, (s32)arg(c, 0), c->msg.name, 0, NET_INBOUND);
		push_bytes_user(c, c->msg.control, c->msg.control_size, CAPTURE_SNAPLEN_MAX);
	} else {
		push_none(c);
		push_none(c);
	}
	push_fd(c, arg(c, 0));
}

/* ---- sendmmsg and recvmmsg: one event per message that went through ---- */

#define NET_MMSG_MAX 16 /* messages recorded of one call */

/* struct mmsghdr: a struct msghdr, then u32 bytes sent or received. */
static __always_inline u64 net_mmsg_size(const struct capture_ctx *c)
{
	return c->compat ? 32 : 64;
}

static __always_inline u32 net_mmsg_length(struct capture_ctx *c, u64 message)
{
	return user_u32(c, message + (c->compat ? 28 : 56));
}

/* The message of this round; asks for another round if there is one more. */
static __always_inline u64 net_mmsg_this(struct capture_ctx *c)
{
	c->again = c->round + 1 < NET_MMSG_MAX && (s64)c->round + 1 < ret(c);
	return arg(c, 1) + c->round * net_mmsg_size(c);
}

static __always_inline void net_push_mmsg(struct capture_ctx *c, const bool received)
{
	u64 message = net_mmsg_this(c);
	u32 length = ret(c) > 0 ? net_mmsg_length(c, message) : 0;

	net_read_msghdr(c, message);
	push_s64(c, ret(c) > 0 ? length : ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, length);
	if (ret(c) <= 0) {
		push_none(c);
		push_none(c);
		if (received)
			push_none(c);
		return;
	}
	snaplen_of_vector(c, c->msg.name, length);
	push_iovec(c, c->msg.iov, c->msg.iov_count, length);
	if (received) {
		push_tuple(c, (s32)arg(c, 0), c->msg.name, 0, NET_INBOUND);
		push_bytes_user(c, c->msg.control, c->msg.control_size, CAPTURE_SNAPLEN_MAX);
	} else {
		push_tuple(c, (s32)arg(c, 0), c->msg.name, c->msg.name_size, NET_OUTBOUND);
	}
}

FILLER(sendmmsg)
{
	net_push_mmsg(c, false);
}

FILLER(recvmmsg)
{
	net_push_mmsg(c, true);
}

#endif
