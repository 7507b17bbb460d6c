/* SPDX-License-Identifier: Apache-2.0 */
/* scap_scan(): this process as it knows itself, a tree of files that plays /proc, and what is told about
 * failures. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../src/os_sockets.h"
#include "scap.h"
#include "scap_schema.h"
#include "tap.h"

static struct scap *open_nodriver(void)
{
	struct scap_live_options options = {.size = sizeof(options), .engine = "nodriver"};
	struct scap *scap = NULL;

	scap_open_live(&options, &scap, NULL);
	return scap;
}

static const char *text_of(struct scap *scap, struct scap_text text)
{
	const char *texts;
	size_t size;

	return scap_texts(scap, &texts, &size) == SCAP_OK ? texts + text.at : "?";
}

static const struct scap_fd *find_fd(struct scap *scap, int number)
{
	const struct scap_fd *fds;
	size_t count;

	scap_fds(scap, &fds, &count);
	for (size_t i = 0; i < count; i++)
		if (fds[i].fd == number)
			return &fds[i];
	return NULL;
}

/* This process, without machine lists. */
static struct scap *scan_self(struct scap_scan_info *info)
{
	struct scap_scan_options options = {
	    .size = sizeof(options), .flags = SCAP_SCAN_NO_MACHINE, .pid = (uint64_t)getpid()};
	struct scap *scap = open_nodriver();

	if (scap && scap_scan(scap, &options, info) == SCAP_OK)
		return scap;
	scap_close(scap);
	return NULL;
}

static pthread_barrier_t barrier;
static pid_t thread_id;

static void *wait_twice(void *unused)
{
	thread_id = gettid();
	pthread_barrier_wait(&barrier);
	pthread_barrier_wait(&barrier);
	return unused;
}

static void own_threads(void)
{
	struct scap_scan_info info;
	const struct scap_thread *threads;
	struct stat exe;
	struct scap *scap;
	pthread_t thread;
	size_t count;

	pthread_barrier_init(&barrier, NULL, 2);
	CHECK_EQ(pthread_create(&thread, NULL, wait_twice, NULL), 0);
	pthread_barrier_wait(&barrier);
	scap = scan_self(&info);
	pthread_barrier_wait(&barrier);
	pthread_join(thread, NULL);
	CHECK(scap);
	CHECK_EQ(scap_threads(scap, &threads, &count), SCAP_OK);
	CHECK_EQ(count, 2);
	CHECK_EQ(info.processes, 1);
	CHECK_EQ(info.threads, 2);
	CHECK_EQ(threads[0].tid, getpid());
	CHECK_EQ(threads[0].pid, getpid());
	CHECK_EQ(threads[0].ptid, getppid());
	CHECK_EQ(threads[0].sid, getsid(0));
	CHECK_EQ(threads[0].pgid, getpgrp());
	CHECK_EQ(threads[0].uid, geteuid());
	CHECK_EQ(threads[0].gid, getegid());
	CHECK_EQ(threads[0].flags & PPM_CL_CLONE_THREAD, 0);
	CHECK(threads[0].vmsize_kb > 0);
	CHECK(threads[0].pfminor > 0);
	CHECK(strcmp(text_of(scap, threads[0].comm), "test_scan") == 0);
	CHECK_EQ(stat("/proc/self/exe", &exe), 0);
	CHECK_EQ(threads[0].exe_ino, exe.st_ino);
	CHECK_EQ(threads[0].exe_ino_mtime, exe.st_mtim.tv_sec * 1000000000ll + exe.st_mtim.tv_nsec);
	CHECK_EQ(threads[0].exe_writable, access("/proc/self/exe", W_OK) == 0 || errno == ETXTBSY);
	CHECK_EQ(threads[1].tid, thread_id);
	CHECK_EQ(threads[1].pid, getpid());
	CHECK_EQ(threads[1].flags & PPM_CL_CLONE_THREAD, PPM_CL_CLONE_THREAD);
	CHECK_EQ(threads[1].exepath.size, threads[0].exepath.size);
	scap_close(scap);
}

/* Descriptors of every kind that needs no rights. */
static void own_fds(void)
{
	int file = open("/tmp", O_RDWR | O_APPEND | O_TMPFILE, 0600), directory = open("/tmp", O_RDONLY);
	int event = eventfd(0, 0), poll = epoll_create1(0), memory = memfd_create("mine", 0), ends[2];
	struct scap_scan_info info;
	struct stat stat;
	struct scap *scap;

	CHECK_EQ(pipe(ends), 0);
	scap = scan_self(&info);
	CHECK(scap);
	CHECK_EQ(find_fd(scap, file)->type, SCAP_FD_FILE_V2);
	CHECK_EQ(find_fd(scap, file)->open_flags & (PPM_O_RDWR | PPM_O_APPEND), PPM_O_RDWR | PPM_O_APPEND);
	CHECK_EQ(fstat(file, &stat), 0);
	CHECK_EQ(find_fd(scap, file)->ino, stat.st_ino);
	CHECK_EQ(find_fd(scap, directory)->type, SCAP_FD_DIRECTORY);
	CHECK(strcmp(text_of(scap, find_fd(scap, directory)->name), "/tmp") == 0);
	CHECK_EQ(find_fd(scap, event)->type, SCAP_FD_EVENT);
	CHECK_EQ(find_fd(scap, poll)->type, SCAP_FD_EVENTPOLL);
	CHECK_EQ(find_fd(scap, memory)->type, SCAP_FD_MEMFD);
	CHECK_EQ(find_fd(scap, ends[0])->type, SCAP_FD_FIFO);
	CHECK(find_fd(scap, 99999) == NULL);
	scap_close(scap);
	close(file), close(directory), close(event), close(poll), close(memory), close(ends[0]),
	    close(ends[1]);
}

static int listener(struct sockaddr_in *address)
{
	socklen_t size = sizeof(*address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	*address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	if (bind(fd, (struct sockaddr *)address, size) || listen(fd, 1) ||
	    getsockname(fd, (struct sockaddr *)address, &size))
		return -1;
	return fd;
}

static uint64_t ino_of(int fd)
{
	struct stat stat;

	return fstat(fd, &stat) == 0 ? stat.st_ino : 0;
}

static void own_sockets(void)
{
	struct sockaddr_in server;
	int listening = listener(&server), client = socket(AF_INET, SOCK_STREAM, 0);
	int udp = socket(AF_INET6, SOCK_DGRAM, 0), pair[2];
	struct sockaddr_in6 bound = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	struct scap_scan_info info;
	struct scap *scap;

	CHECK(listening >= 0);
	CHECK_EQ(connect(client, (struct sockaddr *)&server, sizeof(server)), 0);
	CHECK_EQ(bind(udp, (struct sockaddr *)&bound, sizeof(bound)), 0);
	CHECK_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	scap = scan_self(&info);
	CHECK(scap);
	CHECK_EQ(info.unresolved_sockets, 0);
	CHECK_EQ(find_fd(scap, listening)->type, SCAP_FD_IPV4_SERVSOCK);
	CHECK_EQ(find_fd(scap, listening)->sport, ntohs(server.sin_port));
	CHECK_EQ(find_fd(scap, client)->type, SCAP_FD_IPV4_SOCK);
	CHECK_EQ(find_fd(scap, client)->dport, ntohs(server.sin_port));
	CHECK_EQ(find_fd(scap, client)->l4proto, SCAP_L4_TCP);
	CHECK(memcmp(find_fd(scap, client)->dest, &server.sin_addr, 4) == 0);
	CHECK_EQ(find_fd(scap, udp)->type, SCAP_FD_IPV6_SERVSOCK);
	CHECK_EQ(find_fd(scap, udp)->l4proto, SCAP_L4_UDP);
	CHECK_EQ(find_fd(scap, pair[0])->type, SCAP_FD_UNIX_SOCK);
	CHECK_EQ(find_fd(scap, pair[0])->unix_source, ino_of(pair[0]));
	CHECK_EQ(find_fd(scap, pair[0])->unix_dest, ino_of(pair[1]));
	scap_close(scap);
	close(listening), close(client), close(udp), close(pair[0]), close(pair[1]);
}

static const struct os_socket_kind *kind_named(const char *file)
{
	for (size_t i = 0; i < os_socket_kind_count; i++)
		if (strcmp(os_socket_kinds[i].file, file) == 0)
			return &os_socket_kinds[i];
	return NULL;
}

/* The kernel answers the same to both questions, for a socket that does not change meanwhile. */
static void sock_diag_and_proc_net_agree(void)
{
	struct sockaddr_in server;
	int listening = listener(&server), net = open("/proc/self/net", O_RDONLY | O_DIRECTORY);
	struct os_sockets asked = {0}, read = {0};
	const struct scap_fd *a, *b;

	CHECK(os_diag(kind_named("tcp"), &asked.found));
	os_sockets_read(&read, net);
	a = os_sockets_find(&asked, ino_of(listening));
	b = os_sockets_find(&read, ino_of(listening));
	CHECK(a && b);
	CHECK(memcmp(a, b, offsetof(struct scap_fd, name)) == 0);
	CHECK(memcmp(a->source, b->source, sizeof(*a) - offsetof(struct scap_fd, source)) == 0);
	os_sockets_free(&asked);
	os_sockets_free(&read);
	close(listening), close(net);
}

#define NOBODY 65534

/* 0 if a scan without rights sees process 1, but not what it runs and has open. */
static int scan_as_nobody(void)
{
	const struct scap_thread *threads, *first = NULL;
	struct scap *scap = open_nodriver();
	struct scap_scan_info info;
	size_t count;

	if (geteuid() == 0 && (setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY)))
		return 1;
	if (!scap || scap_scan(scap, NULL, &info) != SCAP_OK || info.unreadable == 0 ||
	    scap_threads(scap, &threads, &count) != SCAP_OK)
		return 2;
	for (size_t i = 0; i < count && !first; i++)
		first = threads[i].tid == 1 ? &threads[i] : NULL;
	if (!first || text_of(scap, first->comm)[0] == 0 || first->exepath.size > 0)
		return 3;
	scap_close(scap);
	return 0;
}

static void without_rights(void)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(scan_as_nobody());
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
}

/* ---- a tree of files ---- */

static char tree[] = "/tmp/scap-scan-XXXXXX";

static const char *in_tree(const char *path)
{
	static char full[512];

	snprintf(full, sizeof(full), "%s/%s", tree, path);
	return full;
}

static void put_dir(const char *path)
{
	mkdir(in_tree(path), 0755);
}

static void put_file(const char *path, const char *text, size_t size)
{
	FILE *file = fopen(in_tree(path), "w");

	if (file && (fwrite(text, 1, size, file) == size) + (fclose(file) == 0) == 2)
		return;
	perror(path);
	exit(1);
}

static void put_text(const char *path, const char *text)
{
	put_file(path, text, strlen(text));
}

static void put_link(const char *path, const char *target)
{
	if (symlink(target, in_tree(path)) != 0)
		perror(path);
}

static void make_tree(void)
{
	const char *const dirs[] = {"etc",	     "proc",	     "proc/1",	      "proc/7",
				    "proc/7/fd",     "proc/7/task",  "proc/7/task/7", "proc/7/task/8",
				    "proc/7/fdinfo", "proc/7/net",   "proc/9",	      "layers",
				    "layers/up",     "layers/up/bin"};

	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++)
		put_dir(dirs[i]);
	put_text("etc/passwd", "alice:x:1000:1000::/home/alice:/bin/sh\n");
	put_text("etc/group", "users:x:100:alice\n");
	put_text("proc/stat", "cpu 1\nbtime 1000\n");
	put_text("proc/cgroups", "cpu\t0\t1\t1\nmemory\t0\t1\t1\n");
	put_text("proc/1/stat", "1 (init) S 0 1 1 0 -1 0 1 0 0 0 0 0 0 0 20 0 1 0 500 0");
	put_text("proc/1/status", "Tgid:\t1\nPid:\t1\n");
	put_text("proc/7/status",
		 "Tgid:\t7\nPid:\t7\nPPid:\t1\nUid:\t0\t1000\t0\t1000\nGid:\t0\t100\t0\t100\nNSpid:\t7\n");
	put_text("proc/7/stat", "7 (my prog) S 1 7 3 1025 -1 0 11 0 12 0 0 0 0 0 20 0 2 0 900 0");
	put_file("proc/7/cmdline", "prog\0-x\0\0", 9);
	put_file("proc/7/environ", "A=1\0B=2\0", 8);
	put_text("proc/7/cgroup", "0::/web\n");
	put_text("proc/7/limits",
		 "Max open files            77                 88                 files     \n");
	put_text("proc/7/loginuid", "1000");
	put_text("proc/7/mountinfo", "21 1 8:1 / / rw - overlay o rw,lowerdir=/low,upperdir=/layers/up\n22 "
				     "21 8:19 / /data rw - ext4 d rw\n");
	put_text("layers/up/bin/prog", "");
	put_link("proc/7/exe", "/bin/prog");
	put_link("proc/7/cwd", "/data");
	put_link("proc/7/root", "/");
	put_text("proc/7/net/unix",
		 "Num RefCount Protocol Flags Type St Inode Path\n0: 2 0 0 0001 01 4711 /run/sock\n");
	put_text("proc/7/task/8/status", "Tgid:\t7\nPid:\t8\nPPid:\t1\nUid:\t0\t1000\t0\t1000\n");
	put_text("proc/7/task/8/stat", "8 (worker) S 1 7 3 0 -1 0 1 0 2 0 0 0 0 0 20 0 2 0 901 0");
	put_link("proc/7/fd/0", "../../../etc/passwd");
	put_text("proc/7/fdinfo/0", "flags:\t0100001\nmnt_id:\t22\n");
	put_link("proc/7/fd/1", "/nonexistent/gone"); /* closed while it was looked at */
						      /* proc/9 has ended: nothing is in it */
}

static void a_tree_of_files(void)
{
	struct scap_scan_options options = {.size = sizeof(options), .root = tree};
	const struct scap_thread *threads, *prog = NULL;
	struct scap *scap = open_nodriver();
	struct scap_scan_info info;
	const struct scap_user *users;
	const struct scap_group *groups;
	size_t count;

	CHECK(scap);
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_OK);
	CHECK_EQ(info.processes, 2);
	CHECK_EQ(info.threads, 3);
	CHECK_EQ(info.fds, 1);
	CHECK(info.vanished >= 2); /* process 9 and fd 1 */
	CHECK_EQ(info.truncated, 0);
	CHECK_EQ(scap_threads(scap, &threads, &count), SCAP_OK);
	for (size_t i = 0; i < count; i++) {
		if (threads[i].tid == 7)
			prog = &threads[i];
		if (threads[i].tid == 8)
			CHECK(strcmp(text_of(scap, threads[i].comm), "worker") == 0);
	}
	CHECK(prog);
	CHECK(strcmp(text_of(scap, prog->comm), "my prog") == 0);
	CHECK(strcmp(text_of(scap, prog->exe), "prog") == 0);
	CHECK_EQ(prog->args.size, 4);
	CHECK(memcmp(text_of(scap, prog->args), "-x\0\0", 4) == 0);
	CHECK_EQ(prog->env.size, 8);
	CHECK(strcmp(text_of(scap, prog->exepath), "/bin/prog") == 0);
	CHECK(strcmp(text_of(scap, prog->cwd), "/data") == 0);
	CHECK_EQ(prog->cgroups.size, 21);
	CHECK(memcmp(text_of(scap, prog->cgroups), "cpu=/web\0memory=/web\0", 21) == 0);
	CHECK_EQ(prog->uid, 1000);
	CHECK_EQ(prog->loginuid, 1000);
	CHECK_EQ(prog->fdlimit, 77);
	CHECK_EQ(prog->tty, 1025);
	CHECK_EQ(prog->sid, 3);
	CHECK_EQ(prog->pfmajor, 12);
	CHECK_EQ(prog->pidns_init_start_ts,
		 1000000000000ull + 500 * (1000000000ull / (uint64_t)sysconf(_SC_CLK_TCK)));
	CHECK_EQ(prog->exe_upper_layer, 1);
	CHECK_EQ(prog->exe_lower_layer, 0);
	CHECK_EQ(find_fd(scap, 0)->type, SCAP_FD_FILE_V2);
	CHECK_EQ(find_fd(scap, 0)->dev, 0x813);
	CHECK_EQ(find_fd(scap, 0)->open_flags & 3, PPM_O_WRONLY);
	CHECK_EQ(scap_users(scap, &users, &count), SCAP_OK);
	CHECK_EQ(count, 1);
	CHECK_EQ(users[0].uid, 1000);
	CHECK_EQ(scap_groups(scap, &groups, &count), SCAP_OK);
	CHECK_EQ(groups[0].gid, 100);
	scap_close(scap);
}

static void less_on_demand(void)
{
	struct scap_scan_options options = {.size = sizeof(options),
					    .flags = SCAP_SCAN_NO_FDS | SCAP_SCAN_NO_THREADS |
						     SCAP_SCAN_NO_MACHINE,
					    .root = tree,
					    .pid = 7};
	struct scap *scap = open_nodriver();
	struct scap_scan_info info;
	const struct scap_user *users;
	size_t count;

	CHECK(scap);
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_OK);
	CHECK_EQ(info.threads, 1);
	CHECK_EQ(info.fds, 0);
	CHECK_EQ(scap_users(scap, &users, &count), SCAP_OK);
	CHECK_EQ(count, 0);
	options.pid = 9;
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_NOT_FOUND);
	CHECK_CONTAINS(scap_last_error(scap), "there is no process 9");
	scap_close(scap);
}

static void time_is_over(void)
{
	struct scap_scan_options options = {.size = sizeof(options), .timeout_ns = 1};
	struct scap *scap = open_nodriver();
	struct scap_scan_info info;

	CHECK(scap);
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_OK);
	CHECK_EQ(info.truncated, 1);
	CHECK_EQ(info.processes, 0);
	scap_close(scap);
}

static void failures(void)
{
	struct scap_scan_options options = {.size = sizeof(options), .root = "/nonexistent"};
	struct scap *scap = open_nodriver();
	const struct scap_thread *threads;
	const struct scap_event *event;
	size_t count;

	CHECK(scap);
	CHECK_EQ(scap_threads(scap, &threads, &count), SCAP_NOT_FOUND);
	CHECK_EQ(count, 0);
	CHECK_CONTAINS(scap_last_error(scap), "scap_scan()");
	CHECK_EQ(scap_scan(scap, &options, NULL), SCAP_FAILURE);
	CHECK_CONTAINS(scap_last_error(scap), "cannot open /nonexistent: No such file");
	options.size = 2;
	CHECK_EQ(scap_scan(scap, &options, NULL), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_start(scap), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_TIMEOUT);
	CHECK_EQ(scap_stop(scap), SCAP_OK);
	scap_close(scap);
}

static void agent_info(void)
{
	struct scap_agent_info info;
	struct scap_error err;

	CHECK_EQ(scap_local_agent_info(&info, &err), SCAP_OK);
	CHECK_EQ(info.pid, getpid());
	CHECK(info.start_ns > 1700000000000000000ull);
	CHECK(strlen(info.release) > 0);
}

int main(void)
{
	char remove[64];

	TEST(own_threads);
	TEST(own_fds);
	TEST(own_sockets);
	TEST(sock_diag_and_proc_net_agree);
	TEST(without_rights);
	if (!mkdtemp(tree))
		return 1;
	make_tree();
	TEST(a_tree_of_files);
	TEST(less_on_demand);
	TEST(time_is_over);
	TEST(failures);
	TEST(agent_info);
	snprintf(remove, sizeof(remove), "rm -r %s", tree);
	return system(remove) != 0 || tap_end();
}
