/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Events at sys_enter. Only five calls have them: their arguments are paths and addresses that another thread
 * can change between enter and exit, so both readings are recorded.
 */
#ifndef CAPTURE_ENTER_H
#define CAPTURE_ENTER_H

static __always_inline void enter_open(struct capture_ctx *c)
{
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_u32(c, scap_map_open_flags((u32)arg(c, 1)));
	push_u32(c, open_mode((u32)arg(c, 1), (u32)arg(c, 2)));
}

static __always_inline void enter_openat(struct capture_ctx *c)
{
	push_fd(c, arg(c, 0));
	push_cstr_user(c, arg(c, 1), CAPTURE_PATH_MAX);
	push_u32(c, scap_map_open_flags((u32)arg(c, 2)));
	push_u32(c, open_mode((u32)arg(c, 2), (u32)arg(c, 3)));
}

static __always_inline void enter_openat2(struct capture_ctx *c)
{
	push_fd(c, arg(c, 0));
	push_cstr_user(c, arg(c, 1), CAPTURE_PATH_MAX);
	open_read_how(c, arg(c, 2));
	push_u32(c, scap_map_open_flags((u32)c->tmp[0]));
	push_u32(c, open_mode((u32)c->tmp[0], (u32)c->tmp[1]));
	push_u32(c, scap_map_openat2_resolve((u32)c->tmp[2]));
}

static __always_inline void enter_creat(struct capture_ctx *c)
{
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_u32(c, scap_map_open_mode((u32)arg(c, 1)));
}

static __always_inline void enter_connect(struct capture_ctx *c)
{
	push_fd(c, arg(c, 0));
	push_sockaddr_user(c, arg(c, 1), (u32)arg(c, 2));
}

/* The filler of a context that capture_syscall() returned at sys_enter. */
static __always_inline void capture_fill_enter(struct capture_ctx *c)
{
	switch (c->type) {
	case PPME_SYSCALL_OPEN_E:
		enter_open(c);
		break;
	case PPME_SYSCALL_OPENAT_2_E:
		enter_openat(c);
		break;
	case PPME_SYSCALL_OPENAT2_E:
		enter_openat2(c);
		break;
	case PPME_SYSCALL_CREAT_E:
		enter_creat(c);
		break;
	case PPME_SOCKET_CONNECT_E:
		enter_connect(c);
		break;
	}
}

#endif
