/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Reading and writing one buffer: write, close. */
#ifndef CAPTURE_FD_IO_H
#define CAPTURE_FD_IO_H

FILLER(close)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
}

/* Unlike read, write keeps the data of a failed call too: it is what the caller tried. */
FILLER(write)
{
	push_s64(c, ret(c));
	push_data(c, arg(c, 1), io_sent(c, arg(c, 2)));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 2));
}

#endif
