/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Data buffers: how much of them is kept. */
#ifndef CAPTURE_IO_H
#define CAPTURE_IO_H

/* A buffer of n bytes, cut at snaplen. */
static __always_inline u32 push_data(struct capture_ctx *c, u64 addr, u64 n)
{
	u32 snaplen = config()->snaplen;

	return push_bytes_user(c, addr, n < snaplen ? n : snaplen, CAPTURE_SNAPLEN_MAX);
}

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

#endif
