/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* From a descriptor to its socket. */
#ifndef CAPTURE_WALK_SOCKET_H
#define CAPTURE_WALK_SOCKET_H

#define WALK_S_IFMT   0170000
#define WALK_S_IFSOCK 0140000

/* NULL if the descriptor is no socket. */
static __always_inline struct sock *walk_fd_sock(struct task_struct *task, s64 fd)
{
	struct file *file = walk_fd_file(task, fd);
	struct socket *socket;

	if ((KREAD(file, f_inode, i_mode) & WALK_S_IFMT) != WALK_S_IFSOCK)
		return NULL;
	socket = KREAD(file, private_data);
	return KREAD(socket, sk);
}

static __always_inline u16 walk_ntohs(u16 v)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return v;
#else
	return (u16)(v << 8 | v >> 8);
#endif
}

#endif
