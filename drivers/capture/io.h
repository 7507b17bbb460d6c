/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Data buffers and iovecs: how much of them is kept, and of which failed calls. */
#ifndef CAPTURE_IO_H
#define CAPTURE_IO_H

#define IO_IOV_MAX 32 /* buffers looked at; those behind count neither in `data` nor in `size` */

/* Bytes of an output buffer: what was sent, or after a failure what the caller wanted to send. */
static __always_inline u64 io_sent(const struct capture_ctx *c, u64 wanted)
{
	return ret(c) > 0 ? (u64)ret(c) : wanted;
}

/* Bytes of an input buffer that the kernel filled. */
static __always_inline u64 io_received(const struct capture_ctx *c)
{
	return ret(c) > 0 ? (u64)ret(c) : 0;
}

static __always_inline u64 io_kept(const struct capture_ctx *c, u64 n)
{
	u32 snaplen = c->snaplen;

	return n < snaplen ? n : snaplen;
}

/* A buffer of n bytes, cut at snaplen. */
static __always_inline u32 push_data(struct capture_ctx *c, u64 addr, u64 n)
{
	return push_bytes_user(c, addr, io_kept(c, n), CAPTURE_SNAPLEN_MAX);
}

/* One struct iovec into tmp[0] (base) and tmp[1] (length); a 32-bit call's is two u32. */
static __always_inline bool io_read_iovec(struct capture_ctx *c, u64 iov, u32 i)
{
	u32 *narrow = (u32 *)c->tmp;

	if (!c->compat)
		return !copy_user(c->tmp, 16, iov + 16 * (u64)i);
	if (copy_user(c->tmp, 8, iov + 8 * (u64)i))
		return false;
	c->tmp[1] = narrow[1];
	c->tmp[0] = narrow[0];
	return true;
}

/*
 * The bytes of successive buffers as one parameter, `n` at most and cut at snaplen. Leaves the sum of the
 * buffers' lengths in cursor[0]. An iovec that cannot be read makes the parameter empty and the sum 0; an
 * unreadable buffer ends the data.
 */
static __always_inline void push_iovec(struct capture_ctx *c, u64 iov, u64 count, u64 n)
{
	c->cursor[0] = 0;
	c->left = io_kept(c, n);
	bld_begin(c);
	LOOP (i, IO_IOV_MAX) {
		u64 len;

		if (i >= count)
			break;
		if (!io_read_iovec(c, iov, i)) {
			c->cursor[0] = 0;
			bld_clear(c);
			break;
		}
		c->cursor[0] += c->tmp[1];
		len = c->tmp[1] < c->left ? c->tmp[1] : c->left;
		if (len && bld_bytes_user(c, c->tmp[0], len, CAPTURE_SNAPLEN_MAX))
			c->left -= len;
		else if (len)
			c->left = 0;
	}
	bld_end(c);
}

#endif
