/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Reading and writing through a descriptor. A failed write keeps its data (what the caller tried); a failed
 * read has none. */
#ifndef CAPTURE_FD_IO_H
#define CAPTURE_FD_IO_H

static __always_inline void io_push_read(struct capture_ctx *c)
{
	snaplen_of_data(c, 0, arg(c, 1), io_received(c));
	push_s64(c, ret(c));
	push_data(c, arg(c, 1), io_received(c));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 2));
}

static __always_inline void io_push_write(struct capture_ctx *c)
{
	snaplen_of_data(c, 0, arg(c, 1), io_sent(c, arg(c, 2)));
	push_s64(c, ret(c));
	push_data(c, arg(c, 1), io_sent(c, arg(c, 2)));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 2));
}

static __always_inline void io_push_readv(struct capture_ctx *c)
{
	snaplen_of_vector(c, 0, io_received(c));
	push_s64(c, ret(c));
	push_u32(c, (u32)io_received(c));
	push_iovec(c, arg(c, 1), arg(c, 2), io_received(c));
	push_fd(c, arg(c, 0));
}

static __always_inline void io_push_writev(struct capture_ctx *c)
{
	snaplen_of_vector(c, 0, io_sent(c, CAPTURE_SNAPLEN_MAX));
	push_s64(c, ret(c));
	push_iovec(c, arg(c, 1), arg(c, 2), io_sent(c, CAPTURE_SNAPLEN_MAX));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)c->cursor[0]);
}

FILLER(read)
{
	io_push_read(c);
}

FILLER(pread64)
{
	io_push_read(c);
	push_u64(c, arg64(c, 3));
}

FILLER(write)
{
	io_push_write(c);
}

FILLER(pwrite64)
{
	io_push_write(c);
	push_u64(c, arg64(c, 3));
}

FILLER(readv)
{
	io_push_readv(c);
}

FILLER(preadv)
{
	io_push_readv(c);
	push_u64(c, arg64(c, 3));
}

FILLER(writev)
{
	io_push_writev(c);
}

FILLER(pwritev)
{
	io_push_writev(c);
	push_u64(c, arg64(c, 3));
}

FILLER(lseek)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u64(c, c->compat ? (u64)(s32)arg(c, 1) : arg(c, 1));
	push_u8(c, scap_map_lseek_whence((u32)arg(c, 2)));
}

/* The offset comes in two halves also where they are 64 bits wide; the new one goes to memory. */
FILLER(llseek)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u64(c, arg(c, 1) << 32 | (u32)arg(c, 2));
	push_u8(c, scap_map_lseek_whence((u32)arg(c, 4)));
}

FILLER(splice)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_fd(c, arg(c, 2));
	push_u64(c, arg(c, 4));
	push_u32(c, scap_map_splice_flags((u32)arg(c, 5)));
}

FILLER(sendfile)
{
	push_s64(c, ret(c));
	push_u64(c, user_u64(c, arg(c, 2)));
	push_fd(c, arg(c, 0));
	push_fd(c, arg(c, 1));
	push_u64(c, arg(c, 3));
}

/* Both offsets as the call left them; 0 where the caller gave none. */
FILLER(copy_file_range)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 2));
	push_u64(c, user_u64(c, arg(c, 3)));
	push_fd(c, arg(c, 0));
	push_u64(c, user_u64(c, arg(c, 1)));
	push_u64(c, arg(c, 4));
}

/* What moved, seen in the caller's own buffers. The return value is a count of bytes, not an errno, but fails
 * like one. */
FILLER(process_vm)
{
	push_s64(c, ret(c));
	push_s64(c, (s32)arg(c, 0));
	push_iovec(c, arg(c, 1), arg(c, 2), io_received(c));
}

#endif
