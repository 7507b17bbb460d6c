/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/io_uring.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <unistd.h>

#include "zoo.h"

static void open_paths(void)
{
	MUST(open(ZOO "/file", O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
	MUST(dup2(0, 900));
	MUST(open(ZOO "/file", O_PATH));
	MUST(open(ZOO "/file", O_WRONLY | O_NONBLOCK | O_SYNC | O_NOATIME));
	MUST(open(ZOO "/odd \n\\ name", O_RDONLY | O_CREAT, 0600));
	MUST(open(ZOO "/unlinked", O_RDWR | O_CREAT, 0600));
	MUST(unlink(ZOO "/unlinked"));
	MAY(open(ZOO, O_TMPFILE | O_RDWR, 0600));
	MUST(open(ZOO, O_RDONLY | O_DIRECTORY));
	MUST(open("/", O_RDONLY | O_DIRECTORY));
	mkfifo(ZOO "/fifo", 0600);
	MUST(open(ZOO "/fifo", O_RDWR));
	MUST(open("/dev/null", O_RDWR));
	MUST(open("/proc/self/status", O_RDONLY));
	MUST(open("/proc/self/ns/mnt", O_RDONLY));
	MUST(open("/sys/kernel", O_RDONLY));
}

static void open_anonymous(void)
{
	int ends[2], epoll = epoll_create1(EPOLL_CLOEXEC), event = eventfd(3, EFD_NONBLOCK);
	struct epoll_event interest = {.events = EPOLLIN};
	union bpf_attr map = {
	    .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1};
	struct io_uring_params ring = {0};
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGUSR1);
	MUST(pipe2(ends, O_NONBLOCK));
	MUST(event);
	MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, event, &interest));
	MUST(signalfd(-1, &signals, 0));
	MUST(timerfd_create(CLOCK_MONOTONIC, 0));
	MUST(inotify_init1(0));
	MUST(memfd_create("a memory", 0));
	MAY(memfd_create("huge", MFD_HUGETLB));
	MUST(syscall(SYS_pidfd_open, getpid(), 0));
	MAY(syscall(SYS_userfaultfd, 0));
	MAY(syscall(SYS_io_uring_setup, 4, &ring));
	MUST(syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof(map)));
	MAY(syscall(SYS_fanotify_init, 0, 0));
}

static void raise_loopback(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	MUST(ioctl(fd, SIOCSIFFLAGS, &request));
	close(fd);
}

/* A listener, a connection to it with both its ends, and a datagram socket. */
static void open_inet(int family, const void *address, socklen_t size)
{
	struct sockaddr_in6 bound;
	int server = socket(family, SOCK_STREAM, 0), client = socket(family, SOCK_STREAM, 0);

	MUST(bind(server, address, size));
	MUST(listen(server, 1));
	MUST(getsockname(server, (struct sockaddr *)&bound, &size));
	MUST(connect(client, (struct sockaddr *)&bound, size));
	MUST(accept(server, NULL, NULL));
	MUST(bind(socket(family, SOCK_DGRAM, 0), address, size));
	MUST(socket(family, SOCK_STREAM, 0)); /* neither bound nor connected */
	MUST(socket(family, SOCK_RAW, IPPROTO_UDP));
}

static void open_unix(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int pair[2];

	MUST(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	MUST(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair));
	unlink(ZOO "/socket");
	strcpy(address.sun_path, ZOO "/socket");
	MUST(bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof(address)));
	snprintf(address.sun_path, sizeof(address.sun_path), "%cabstract %d", 0, getpid());
	MUST(bind(socket(AF_UNIX, SOCK_DGRAM, 0), (struct sockaddr *)&address,
		  (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + strlen(address.sun_path + 1))));
}

static void open_sockets(void)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct sockaddr_nl netlink = {.nl_family = AF_NETLINK};
	int probe;

	raise_loopback();
	open_inet(AF_INET, &v4, sizeof(v4));
	probe = socket(AF_INET6, SOCK_STREAM, 0);
	MAY(probe);
	if (probe >= 0)
		open_inet(AF_INET6, &v6, sizeof(v6));
	open_unix();
	/* The kernel lists those alone that have an address. */
	MUST(bind(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), (struct sockaddr *)&netlink, sizeof(netlink)));
	MAY(socket(AF_PACKET, SOCK_RAW, 0));
}

void zoo_open_files(void)
{
	open_paths();
	open_anonymous();
	open_sockets();
}
