/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* io_uring_setup, io_uring_enter, io_uring_register. */
#ifndef CAPTURE_IO_URING_H
#define CAPTURE_IO_URING_H

/* struct io_uring_params of linux/io_uring.h; the kernel fills in what it decided. */
enum {
	URING_PARAMS_SQ_ENTRIES = 0,
	URING_PARAMS_CQ_ENTRIES = 4,
	URING_PARAMS_FLAGS = 8,
	URING_PARAMS_SQ_THREAD_CPU = 12,
	URING_PARAMS_SQ_THREAD_IDLE = 16,
	URING_PARAMS_FEATURES = 20,
};

FILLER(io_uring_setup)
{
	u64 params = arg(c, 1);

	push_s64(c, ret(c));
	push_u32(c, (u32)arg(c, 0));
	push_u32(c, user_u32(c, params + URING_PARAMS_SQ_ENTRIES));
	push_u32(c, user_u32(c, params + URING_PARAMS_CQ_ENTRIES));
	push_u32(c, scap_map_io_uring_setup_flags(user_u32(c, params + URING_PARAMS_FLAGS)));
	push_u32(c, user_u32(c, params + URING_PARAMS_SQ_THREAD_CPU));
	push_u32(c, user_u32(c, params + URING_PARAMS_SQ_THREAD_IDLE));
	push_u32(c, scap_map_io_uring_setup_feats(user_u32(c, params + URING_PARAMS_FEATURES)));
}

/* With IORING_ENTER_EXT_ARG the argument is struct io_uring_getevents_arg, which begins with the address of
 * the set. */
FILLER(io_uring_enter)
{
	u32 flags = scap_map_io_uring_enter_flags((u32)arg(c, 3));
	u64 sigset = arg(c, 4);

	if (flags & PPM_IORING_ENTER_EXT_ARG)
		sigset = user_u64(c, sigset);
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
	push_u32(c, flags);
	push_u32(c, user_sigset(c, sigset));
}

FILLER(io_uring_register)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u16(c, scap_map_io_uring_register_opcodes((u32)arg(c, 1)));
	push_u64(c, arg(c, 2));
	push_u32(c, (u32)arg(c, 3));
}

#endif
