/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Fillers of events that are nothing but the result and plain arguments. Many syscalls share each of them. */
#ifndef CAPTURE_SHAPES_H
#define CAPTURE_SHAPES_H

/* A syscall without an event of its own: PPM_SC and native number. */
FILLER(generic)
{
	push_u16(c, c->sc);
	push_u16(c, (u16)c->nr);
}

FILLER(none)
{
	(void)c;
}

FILLER(result)
{
	push_s64(c, ret(c));
}

/* getuid and its like: the result is the value. */
FILLER(result_id)
{
	push_u32(c, (u32)ret(c));
}

FILLER(result_fd)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
}

FILLER(result_fd_fd)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_fd(c, arg(c, 1));
}

FILLER(result_path)
{
	push_s64(c, ret(c));
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
}

FILLER(result_path_path)
{
	push_s64(c, ret(c));
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_cstr_user(c, arg(c, 1), CAPTURE_PATH_MAX);
}

FILLER(result_path_u32)
{
	push_s64(c, ret(c));
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_u32(c, (u32)arg(c, 1));
}

FILLER(result_path_u32_u32)
{
	push_s64(c, ret(c));
	push_cstr_user(c, arg(c, 0), CAPTURE_PATH_MAX);
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
}

FILLER(result_fd_path_u32)
{
	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_cstr_user(c, arg(c, 1), CAPTURE_PATH_MAX);
	push_u32(c, (u32)arg(c, 2));
}

FILLER(result_u32)
{
	push_s64(c, ret(c));
	push_u32(c, (u32)arg(c, 0));
}

FILLER(result_u32_u32)
{
	push_s64(c, ret(c));
	push_u32(c, (u32)arg(c, 0));
	push_u32(c, (u32)arg(c, 1));
}

FILLER(result_u32_u32_u32)
{
	push_s64(c, ret(c));
	push_u32(c, (u32)arg(c, 0));
	push_u32(c, (u32)arg(c, 1));
	push_u32(c, (u32)arg(c, 2));
}

/* 32 bits of the process id are all that it has. */
FILLER(result_pid_pid)
{
	push_s64(c, ret(c));
	push_s64(c, (s32)arg(c, 0));
	push_s64(c, (s32)arg(c, 1));
}

FILLER(result_pid_signal)
{
	push_s64(c, ret(c));
	push_s64(c, (s32)arg(c, 0));
	push_u8(c, (u8)arg(c, 1));
}

FILLER(result_u64_u64)
{
	push_s64(c, ret(c));
	push_u64(c, arg(c, 0));
	push_u64(c, arg(c, 1));
}

#endif
