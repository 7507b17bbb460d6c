/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that wait: poll, ppoll, select, epoll_wait, futex, nanosleep. */
#ifndef CAPTURE_WAIT_H
#define CAPTURE_WAIT_H

#define CAPTURE_POLLFD_MAX 64

/* struct pollfd of poll(2) */
struct capture_pollfd {
	s32 fd;
	s16 events;
	u16 revents;
};

/* u16 count, then s64 fd and u16 returned events each. If any of them cannot be read, an empty list. */
static __always_inline void push_fdlist(struct capture_ctx *c, u64 fds, u32 nfds)
{
	struct capture_pollfd *entry = (struct capture_pollfd *)c->tmp;
	bool failed = false;
	u32 n = nfds < CAPTURE_POLLFD_MAX ? nfds : CAPTURE_POLLFD_MAX;

	bld_begin(c);
	bld_u16(c, n);
	c->cursor[0] = fds;
	c->left = n;
	LOOP (i, CAPTURE_POLLFD_MAX) {
		if (!c->left)
			break;
		if (copy_user(entry, sizeof(*entry), c->cursor[0])) {
			failed = true;
			break;
		}
		bld_u64(c, (u64)(s64)entry->fd);
		bld_u16(c, scap_map_poll_events(entry->revents));
		c->cursor[0] += sizeof(*entry);
		c->left--;
	}
	if (failed) {
		bld_clear(c);
		bld_u16(c, 0);
	}
	bld_end(c);
}

/* Timeout in milliseconds; negative: none. */
FILLER(poll)
{
	push_s64(c, ret(c));
	push_fdlist(c, arg(c, 0), (u32)arg(c, 1));
	push_s64(c, (s32)arg(c, 2));
}

FILLER(ppoll)
{
	push_s64(c, ret(c));
	push_fdlist(c, arg(c, 0), (u32)arg(c, 1));
	push_u64(c, user_timespec_ns(c, arg(c, 2)));
	push_u32(c, user_sigset(c, arg(c, 3)));
}

FILLER(epoll_wait)
{
	push_s64(c, ret(c));
	push_s64(c, (s32)arg(c, 2));
}

FILLER(futex)
{
	push_s64(c, ret(c));
	push_u64(c, arg(c, 0));
	push_u16(c, scap_map_futex_op((u32)arg(c, 1)));
	push_u64(c, (u32)arg(c, 2));
}

FILLER(nanosleep)
{
	push_s64(c, ret(c));
	push_u64(c, user_timespec_ns(c, arg(c, 0)));
}

#endif
