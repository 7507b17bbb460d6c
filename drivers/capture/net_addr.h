/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Socket addresses.
 * sockaddr: u8 family, then IPv4: u32 address, u16 port; IPv6: 16 bytes, u16 port; unix: path with NUL.
 * tuple:    u8 family, then IP: source address, port, destination address, port; unix: u64, u64, path with
 * NUL. Addresses are in network order, ports in host order. Any other family is an empty parameter.
 */
#ifndef CAPTURE_NET_ADDR_H
#define CAPTURE_NET_ADDR_H

#define NET_AF_UNIX	 1
#define NET_AF_INET	 2
#define NET_AF_INET6	 10
#define NET_SUN_PATH_MAX 108 /* sizeof(sockaddr_un.sun_path) */

/* From sockaddr_in, sockaddr_in6: offsets are part of the kernel's ABI. */
#define NET_OFF_PORT 2
#define NET_OFF_IN   4
#define NET_OFF_IN6  8
#define NET_OFF_PATH 2

enum net_direction { NET_OUTBOUND, NET_INBOUND };

static __always_inline u16 net_user_u16(struct capture_ctx *c, u64 addr)
{
	u16 *value = (u16 *)c->tmp;

	return addr && !copy_user(value, 2, addr) ? *value : 0;
}

/* The n bytes of a sun_path in walk[] as text. It need not end in NUL; an abstract name loses its leading
 * NUL. */
static __always_inline void net_bld_path(struct capture_ctx *c, u32 n)
{
	u8 *path = (u8 *)c->walk;

	path[BOUND_MASK(n, 0x7f)] = 0;
	bld_cstr_kernel(c, n && !path[0] ? path + 1 : path, NET_SUN_PATH_MAX + 1);
}

/* Bytes of sun_path in a sockaddr_un of `size` bytes. */
static __always_inline u32 net_path_size(u32 size)
{
	u32 n = size > NET_OFF_PATH ? size - NET_OFF_PATH : 0;

	return n < NET_SUN_PATH_MAX ? n : NET_SUN_PATH_MAX;
}

static __always_inline bool net_bld_user_path(struct capture_ctx *c, u64 addr, u32 size)
{
	u32 n = net_path_size(size);

	if (n && copy_user(c->walk, BOUND(n, NET_SUN_PATH_MAX), addr + NET_OFF_PATH))
		return false;
	net_bld_path(c, n);
	return true;
}

/* A sockaddr argument. */
static __always_inline void push_sockaddr_user(struct capture_ctx *c, u64 addr, u32 size)
{
	u16 family = size >= 2 ? net_user_u16(c, addr) : 0;
	bool good = false;

	bld_begin(c);
	bld_u8(c, (u8)family);
	if (family == NET_AF_INET) {
		good = bld_bytes_user(c, addr + NET_OFF_IN, 4, 4);
		bld_u16(c, walk_ntohs(net_user_u16(c, addr + NET_OFF_PORT)));
	} else if (family == NET_AF_INET6) {
		good = bld_bytes_user(c, addr + NET_OFF_IN6, 16, 16);
		bld_u16(c, walk_ntohs(net_user_u16(c, addr + NET_OFF_PORT)));
	} else if (family == NET_AF_UNIX) {
		good = net_bld_user_path(c, addr, size);
	}
	if (!good)
		bld_clear(c);
	bld_end(c);
}

/* ---- tuples ---- */

/* One end of a connection lies in walk[]: the address in its first 16 bytes, the port (host order) in
 * walk[2]. */
#define NET_LOCAL  0
#define NET_REMOTE 3

static __always_inline void net_bld_end(struct capture_ctx *c, const u32 end, const u32 address_size)
{
	bld_bytes_kernel(c, &c->walk[end], address_size, 16);
	bld_u16(c, (u16)c->walk[end + 2]);
}

static __always_inline void net_bld_ip(struct capture_ctx *c, u8 family, const u32 address_size,
				       enum net_direction direction)
{
	bld_u8(c, family);
	if (direction == NET_OUTBOUND) {
		net_bld_end(c, NET_LOCAL, address_size);
		net_bld_end(c, NET_REMOTE, address_size);
	} else {
		net_bld_end(c, NET_REMOTE, address_size);
		net_bld_end(c, NET_LOCAL, address_size);
	}
}

/* An unconnected socket has no remote end: the one that the call names counts. */
static __always_inline void net_remote_from_user(struct capture_ctx *c, u64 user, const u32 offset,
						 const u32 size)
{
	if (c->walk[NET_REMOTE + 2] || !user)
		return;
	if (copy_user(&c->walk[NET_REMOTE], size, user + offset))
		return;
	c->walk[NET_REMOTE + 2] = walk_ntohs(net_user_u16(c, user + NET_OFF_PORT));
}

static __always_inline void net_bld_inet(struct capture_ctx *c, struct sock *sk, u64 user,
					 enum net_direction direction)
{
	struct inet_sock *inet = (struct inet_sock *)sk;
	u32 *local = (u32 *)&c->walk[NET_LOCAL], *remote = (u32 *)&c->walk[NET_REMOTE];

	*local = KREAD(inet, inet_saddr);
	c->walk[NET_LOCAL + 2] = walk_ntohs(KREAD(inet, inet_sport));
	*remote = KREAD(sk, __sk_common.skc_daddr);
	c->walk[NET_REMOTE + 2] = walk_ntohs(KREAD(sk, __sk_common.skc_dport));
	net_remote_from_user(c, user, NET_OFF_IN, 4);
	net_bld_ip(c, NET_AF_INET, 4, direction);
}

static __always_inline void net_bld_inet6(struct capture_ctx *c, struct sock *sk, u64 user,
					  enum net_direction direction)
{
	struct inet_sock *inet = (struct inet_sock *)sk;
	struct ipv6_pinfo *v6 = KREAD(inet, pinet6);

	c->walk[NET_LOCAL] = 0;
	c->walk[NET_LOCAL + 1] = 0;
	c->walk[NET_REMOTE] = 0;
	c->walk[NET_REMOTE + 1] = 0;
	copy_kernel(&c->walk[NET_LOCAL], 16, KADDR(v6, saddr));
	c->walk[NET_LOCAL + 2] = walk_ntohs(KREAD(inet, inet_sport));
	copy_kernel(&c->walk[NET_REMOTE], 16, KADDR(sk, __sk_common.skc_v6_daddr));
	c->walk[NET_REMOTE + 2] = walk_ntohs(KREAD(sk, __sk_common.skc_dport));
	net_remote_from_user(c, user, NET_OFF_IN6, 16);
	net_bld_ip(c, NET_AF_INET6, 16, direction);
}

/* The name a unix socket is bound to; "" if it has none. Abstract names lose their leading NUL. */
static __always_inline void net_bld_unix_name(struct capture_ctx *c, struct sock *sk)
{
	struct unix_sock *unix_sk = (struct unix_sock *)sk;
	struct unix_address *address = KREAD(unix_sk, addr);
	u32 n = address ? net_path_size((u32)KREAD(address, len)) : 0;

	if (n &&
	    copy_kernel(c->walk, BOUND(n, NET_SUN_PATH_MAX), (const u8 *)KADDR(address, name) + NET_OFF_PATH))
		n = 0;
	net_bld_path(c, n);
}

/* Outbound: peer, own, the peer's name. Inbound: own, peer, the own name. */
static __always_inline void net_bld_unix(struct capture_ctx *c, struct sock *sk, u64 user, u32 user_size,
					 enum net_direction direction)
{
	struct unix_sock *unix_sk = (struct unix_sock *)sk;
	struct sock *peer = KREAD(unix_sk, peer);

	bld_u8(c, NET_AF_UNIX);
	if (direction == NET_INBOUND) {
		bld_u64(c, (u64)(unsigned long)sk);
		bld_u64(c, (u64)(unsigned long)peer);
		net_bld_unix_name(c, sk);
		return;
	}
	bld_u64(c, (u64)(unsigned long)peer);
	bld_u64(c, (u64)(unsigned long)sk);
	if (peer || !user)
		net_bld_unix_name(c, peer);
	else if (!net_bld_user_path(c, user, user_size))
		bld_u8(c, 0);
}

/* The tuple of descriptor `fd`; empty if it is no socket of these families. `user`: address in the call, or
 * 0. */
static __always_inline void push_tuple(struct capture_ctx *c, s64 fd, u64 user, u32 user_size,
				       enum net_direction direction)
{
	struct sock *sk = walk_fd_sock(cur_task(), fd);
	u16 family = KREAD(sk, __sk_common.skc_family);

	bld_begin(c);
	if (sk && family == NET_AF_INET)
		net_bld_inet(c, sk, user, direction);
	else if (sk && family == NET_AF_INET6)
		net_bld_inet6(c, sk, user, direction);
	else if (sk && family == NET_AF_UNIX)
		net_bld_unix(c, sk, user, user_size, direction);
	bld_end(c);
}

#endif
