/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a busy machine does: storms of short-lived programs, small files, and a
 * web server with its clients on 127.0.0.1. `workload ROUNDS`; static, so that it runs in any guest.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define STORM	 12 /* programs of a storm */
#define FILES	 24
#define CHUNKS	 6
#define REQUESTS 30

static const char response[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

static void check(int good, const char *what)
{
	if (good)
		return;
	perror(what);
	exit(1);
}

/* What a shell pipeline does: a pipe, two children, one of them another program. */
static void storm(char *self)
{
	char *const argv[] = {self, "leaf", "--verbose", "/etc/hosts", NULL};
	char *const envp[] = {"PATH=/bin:/usr/bin", "HOME=/root", "LANG=C.UTF-8", NULL};

	for (int i = 0; i < STORM; i++) {
		int ends[2];
		char got[64];

		check(pipe2(ends, O_CLOEXEC) == 0, "pipe2");
		pid_t child = fork();

		check(child >= 0, "fork");
		if (child == 0) {
			dup2(ends[1], 1);
			execve(self, argv, envp);
			_exit(127);
		}
		close(ends[1]);
		while (read(ends[0], got, sizeof got) > 0)
			;
		close(ends[0]);
		check(waitpid(child, NULL, 0) == child, "waitpid");
	}
}

/* The program of the storm. */
static int leaf(void)
{
	int fd = open("/etc/nonexistent", O_RDONLY | O_CLOEXEC);

	if (fd >= 0)
		close(fd);
	fd = open("/proc/self/stat", O_RDONLY);
	if (fd >= 0) {
		char text[512];

		while (read(fd, text, sizeof text) > 0)
			;
		close(fd);
	}
	return write(1, "done\n", 5) == 5 ? 0 : 1;
}

static void files(int round)
{
	char data[256];
	char name[64];

	memset(data, 'x', sizeof data);
	snprintf(name, sizeof name, "work-%d", round);
	check(mkdir(name, 0700) == 0, "mkdir");
	for (int i = 0; i < FILES; i++) {
		struct stat st;

		snprintf(name, sizeof name, "work-%d/file-%d.log", round, i);
		int fd = openat(AT_FDCWD, name, O_CREAT | O_RDWR | O_CLOEXEC, 0644);

		check(fd >= 0, "openat");
		for (int chunk = 0; chunk < CHUNKS; chunk++)
			check(write(fd, data, sizeof data) == sizeof data, "write");
		check(fstat(fd, &st) == 0 && st.st_size == CHUNKS * (off_t)sizeof data, "fstat");
		lseek(fd, 0, SEEK_SET);
		while (read(fd, data, sizeof data) > 0)
			;
		void *map = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);

		check(map != MAP_FAILED, "mmap");
		munmap(map, 4096);
		close(fd);
	}
	for (int i = 0; i < FILES; i++) {
		snprintf(name, sizeof name, "work-%d/file-%d.log", round, i);
		unlink(name);
	}
	snprintf(name, sizeof name, "work-%d", round);
	rmdir(name);
}

static struct sockaddr_in address = {.sin_family = AF_INET};

/* One process with epoll, as servers are. */
static void serve(int listener)
{
	int poll = epoll_create1(EPOLL_CLOEXEC);
	struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_NAME, "webserver");
	check(epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event) == 0, "epoll_ctl");
	for (;;) {
		char request[512];

		if (epoll_wait(poll, &event, 1, -1) < 1)
			continue;
		int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

		if (fd < 0)
			continue;
		if (recv(fd, request, sizeof request, 0) > 0)
			send(fd, response, sizeof response - 1, MSG_NOSIGNAL);
		shutdown(fd, SHUT_WR);
		close(fd);
	}
}

static pid_t start_server(void)
{
	socklen_t size = sizeof address;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	check(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
	check(listen(listener, 64) == 0, "listen");
	check(getsockname(listener, (struct sockaddr *)&address, &size) == 0, "getsockname");
	pid_t server = fork();

	check(server >= 0, "fork");
	if (server == 0)
		serve(listener);
	close(listener);
	return server;
}

static void requests(void)
{
	static const char request[] =
	    "GET /index.html HTTP/1.1\r\nHost: localhost\r\nUser-Agent: workload\r\n\r\n";

	for (int i = 0; i < REQUESTS; i++) {
		char answer[512];
		int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

		check(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "connect");
		check(send(fd, request, sizeof request - 1, 0) == sizeof request - 1, "send");
		while (recv(fd, answer, sizeof answer, 0) > 0)
			;
		close(fd);
	}
}

int main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "leaf") == 0)
		return leaf();
	int rounds = argc > 1 ? atoi(argv[1]) : 1;

	/* Who started it may end before. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	pid_t server = start_server();

	for (int round = 0; round < rounds; round++) {
		storm(argv[0]);
		files(round);
		requests();
	}
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	return 0;
}
