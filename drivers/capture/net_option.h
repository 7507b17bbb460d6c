/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Socket options: a dynamic parameter, whose first byte tells the type of the rest. */
#ifndef CAPTURE_NET_OPTION_H
#define CAPTURE_NET_OPTION_H

enum net_option_tag {
	NET_OPT_BYTES = 0,
	NET_OPT_ERRNO = 1,
	NET_OPT_U32 = 2,
	NET_OPT_U64 = 3,
	NET_OPT_TIMEVAL = 4
};

/* The tag of an option of level SOL_SOCKET, by its PPM value (numbers differ between architectures). */
static __always_inline u32 net_option_tag(u32 name)
{
	switch (name) {
	case PPM_SOCKOPT_SO_ERROR:
		return NET_OPT_ERRNO;
	case PPM_SOCKOPT_SO_RCVTIMEO:
	case PPM_SOCKOPT_SO_SNDTIMEO:
		return NET_OPT_TIMEVAL;
	case PPM_SOCKOPT_SO_COOKIE:
		return NET_OPT_U64;
	case PPM_SOCKOPT_SO_DEBUG:
	case PPM_SOCKOPT_SO_REUSEADDR:
	case PPM_SOCKOPT_SO_TYPE:
	case PPM_SOCKOPT_SO_DONTROUTE:
	case PPM_SOCKOPT_SO_BROADCAST:
	case PPM_SOCKOPT_SO_SNDBUF:
	case PPM_SOCKOPT_SO_RCVBUF:
	case PPM_SOCKOPT_SO_SNDBUFFORCE:
	case PPM_SOCKOPT_SO_RCVBUFFORCE:
	case PPM_SOCKOPT_SO_KEEPALIVE:
	case PPM_SOCKOPT_SO_OOBINLINE:
	case PPM_SOCKOPT_SO_NO_CHECK:
	case PPM_SOCKOPT_SO_PRIORITY:
	case PPM_SOCKOPT_SO_BSDCOMPAT:
	case PPM_SOCKOPT_SO_REUSEPORT:
	case PPM_SOCKOPT_SO_PASSCRED:
	case PPM_SOCKOPT_SO_RCVLOWAT:
	case PPM_SOCKOPT_SO_SNDLOWAT:
	case PPM_SOCKOPT_SO_TIMESTAMP:
	case PPM_SOCKOPT_SO_ACCEPTCONN:
	case PPM_SOCKOPT_SO_PASSSEC:
	case PPM_SOCKOPT_SO_TIMESTAMPNS:
	case PPM_SOCKOPT_SO_MARK:
	case PPM_SOCKOPT_SO_TIMESTAMPING:
	case PPM_SOCKOPT_SO_PROTOCOL:
	case PPM_SOCKOPT_SO_DOMAIN:
	case PPM_SOCKOPT_SO_RXQ_OVFL:
	case PPM_SOCKOPT_SO_WIFI_STATUS:
	case PPM_SOCKOPT_SO_PEEK_OFF:
	case PPM_SOCKOPT_SO_NOFCS:
	case PPM_SOCKOPT_SO_LOCK_FILTER:
	case PPM_SOCKOPT_SO_SELECT_ERR_QUEUE:
	case PPM_SOCKOPT_SO_BUSY_POLL:
	case PPM_SOCKOPT_SO_MAX_PACING_RATE:
	case PPM_SOCKOPT_SO_BPF_EXTENSIONS:
	case PPM_SOCKOPT_SO_INCOMING_CPU:
		return NET_OPT_U32;
	default:
		return NET_OPT_BYTES;
	}
}

static __always_inline u64 net_option_time(struct capture_ctx *c, u64 addr)
{
	s64 sec = user_long(c, addr), usec = user_long(c, addr + (c->compat ? 4 : 8));

	return (u64)sec * 1000000000ULL + (u64)usec * 1000;
}

static __always_inline void push_sockopt(struct capture_ctx *c, u32 level, u32 name, u64 addr, u32 size)
{
	u32 tag = level == PPM_SOCKOPT_LEVEL_SOL_SOCKET ? net_option_tag(name) : NET_OPT_BYTES;

	bld_begin(c);
	bld_u8(c, (u8)tag);
	if (tag == NET_OPT_ERRNO)
		bld_u64(c, (u64) - (s64)(s32)user_u32(c, addr));
	else if (tag == NET_OPT_U32)
		bld_u32(c, user_u32(c, addr));
	else if (tag == NET_OPT_U64)
		bld_u64(c, user_u64(c, addr));
	else if (tag == NET_OPT_TIMEVAL)
		bld_u64(c, net_option_time(c, addr));
	else if (addr)
		bld_bytes_user(c, addr, io_kept(c, size), CAPTURE_SNAPLEN_MAX);
	bld_end(c);
}

static __always_inline u8 net_option_name(u32 level, u32 name)
{
	return level == PPM_SOCKOPT_LEVEL_SOL_SOCKET ? (u8)scap_map_sockopt_optname(name) : 0;
}

FILLER(setsockopt)
{
	u32 level = scap_map_sockopt_level((u32)arg(c, 1));
	u8 name = net_option_name(level, (u32)arg(c, 2));

	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u8(c, (u8)level);
	push_u8(c, name);
	push_sockopt(c, level, name, arg(c, 3), (u32)arg(c, 4));
	push_u32(c, (u32)arg(c, 4));
}

/* After a failure there is no value: no bytes of type 0. */
FILLER(getsockopt)
{
	u32 level = scap_map_sockopt_level((u32)arg(c, 1));
	u8 name = net_option_name(level, (u32)arg(c, 2));
	u32 size = user_u32(c, arg(c, 4));

	push_s64(c, ret(c));
	push_fd(c, arg(c, 0));
	push_u8(c, (u8)level);
	push_u8(c, name);
	if (ret(c) >= 0)
		push_sockopt(c, level, name, arg(c, 3), size);
	else
		push_u8(c, NET_OPT_BYTES);
	push_u32(c, size);
}

#endif
