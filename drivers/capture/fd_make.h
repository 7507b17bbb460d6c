/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Calls that make descriptors of no file: pipe, eventfd, signalfd, timerfd, inotify, memfd, epoll,
 * userfaultfd, pidfd. */
#ifndef CAPTURE_FD_MAKE_H
#define CAPTURE_FD_MAKE_H

/* Both ends and the inode they share. A failed call wrote no descriptors: what is in memory there means
 * nothing. */
static __always_inline void push_pipe(struct capture_ctx *c)
{
	bool made = ret(c) == 0;
	s64 read_end = made ? (s32)user_u32_or(arg(c, 0), -1) : -1;
	s64 write_end = made ? (s32)user_u32_or(arg(c, 0) + 4, -1) : -1;

	push_s64(c, ret(c));
	push_s64(c, read_end);
	push_s64(c, write_end);
	push_u64(c, walk_file_ino(walk_fd_file(cur_task(), read_end)));
}

FILLER(pipe)
{
	push_pipe(c);
}

FILLER(pipe2)
{
	push_pipe(c);
	push_u32(c, scap_map_pipe2_flags((u32)arg(c, 1)));
}

/* eventfd takes no flags; its event has a place for them. */
FILLER(eventfd)
{
	push_s64(c, ret(c));
	push_u64(c, (u32)arg(c, 0));
	push_u32(c, 0);
}

FILLER(eventfd2)
{
	push_s64(c, ret(c));
	push_u16(c, scap_map_eventfd2_flags((u32)arg(c, 1)));
	push_u64(c, (u32)arg(c, 0));
}

FILLER(signalfd)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u32(c, user_sigset(c, arg(c, 1)));
	push_u8(c, 0);
}

FILLER(signalfd4)
{
	push_s64(c, ret(c));
	push_u16(c, scap_map_signalfd4_flags((u32)arg(c, 3)));
	push_fd(c, arg(c, 0));
	push_u32(c, user_sigset(c, arg(c, 1)));
}

FILLER(timerfd_create)
{
	push_s64(c, ret(c));
	push_u8(c, (u8)arg(c, 0));
	push_u8(c, scap_map_timerfd_create_flags((u32)arg(c, 1)));
}

FILLER(inotify_init)
{
	push_s64(c, ret(c));
	push_u8(c, 0);
}

FILLER(inotify_init1)
{
	push_s64(c, ret(c));
	push_u16(c, scap_map_inotify_init1_flags((u32)arg(c, 0)));
}

FILLER(memfd_create)
{
	push_s64(c, ret(c));
	push_path_arg(c, 0);
	push_u32(c, scap_map_memfd_create_flags((u32)arg(c, 1)));
}

FILLER(epoll_create)
{
	push_s64(c, ret(c));
	push_s32(c, (s32)arg(c, 0));
}

FILLER(epoll_create1)
{
	push_s64(c, ret(c));
	push_u32(c, scap_map_epoll_create1_flags((u32)arg(c, 0)));
}

FILLER(userfaultfd)
{
	push_s64(c, ret(c));
	push_u32(c, scap_map_userfaultfd_flags((u32)arg(c, 0)));
}

FILLER(pidfd_open)
{
	push_s64(c, ret(c));
	push_s64(c, (s32)arg(c, 0));
	push_u32(c, scap_map_pidfd_open_flags((u32)arg(c, 1)));
}

FILLER(pidfd_getfd)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_fd(c, arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
}

#endif
