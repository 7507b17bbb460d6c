/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A guest that runs commands: mounts what a system has, opens the port, and then for each line of words that
 * a tab separates runs that program, sends what it prints (both streams) and "\n\0status N\n"; N is 128 +
 * signal if one ended it.
 */
#include <dirent.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void mount_at(const char *type, const char *path)
{
	mkdir(path, 0755);
	if (mount(type, path, type, 0, NULL))
		printf("init: mount %s: %m\n", path);
}

static void load_modules(void)
{
	struct dirent **entries;
	int count = scandir("/modules", &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char path[300];
		int fd;

		if (entries[i]->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/modules/%s", entries[i]->d_name);
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
			printf("init: cannot load %s: %m\n", path);
		close(fd);
	}
}

/* Without a JIT, or with it off, drivers are slow or refused. */
static void enable_jit(void)
{
	int fd = open("/proc/sys/net/core/bpf_jit_enable", O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, "1", 1) != 1)
		printf("init: no JIT: %m\n");
	close(fd);
}

/* 127.0.0.1 */
static void bring_up_loopback(void)
{
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		printf("init: cannot bring up lo: %m\n");
	close(fd);
}

static int open_port(void)
{
	for (;;) {
		int fd = open("/dev/vport0p1", O_RDWR | O_CLOEXEC);

		if (fd < 0)
			fd = open("/dev/vport1p1", O_RDWR | O_CLOEXEC);
		if (fd >= 0)
			return fd;
		usleep(1000);
	}
}

static size_t split(char *line, char **words, size_t most)
{
	size_t count = 0;

	for (char *word; count + 1 < most && (word = strsep(&line, "\t"));)
		words[count++] = word;
	words[count] = NULL;
	return count;
}

/* A pipe between: the port takes no more than its queue, and a program must not see that. */
static void run_line(char *line, int port)
{
	char *words[64], chunk[4096], last[32];
	int ends[2], status, length;
	ssize_t got;
	pid_t child;

	if (split(line, words, 64) == 0 || pipe2(ends, O_CLOEXEC))
		return;
	child = fork();
	if (child == 0) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		execv(words[0], words);
		printf("%s: %m\n", words[0]);
		fflush(stdout);
		_exit(127);
	}
	close(ends[1]);
	while ((got = read(ends[0], chunk, sizeof(chunk))) > 0)
		for (ssize_t sent = 0, n; sent<got; sent += n> 0 ? n : 0)
			n = write(port, chunk + sent, (size_t)(got - sent));
	close(ends[0]);
	waitpid(child, &status, 0);
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	length = 1 + sprintf(last, "\n") + sprintf(last + 2, "status %d\n", status);
	if (write(port, last, (size_t)length) != length)
		printf("init: the port is closed: %m\n");
}

int main(void)
{
	static char line[8192];
	size_t size = 0;
	int port;

	mount_at("proc", "/proc");
	mount_at("sysfs", "/sys");
	mount_at("devtmpfs", "/dev");
	mount_at("cgroup2", "/sys/fs/cgroup");
	mount_at("securityfs", "/sys/kernel/security");
	mount_at("tracefs", "/sys/kernel/tracing"); /* some kernels' trace events are attached through it */
	load_modules();
	enable_jit();
	bring_up_loopback();
	port = open_port();
	for (;;) {
		ssize_t got = read(port, line + size, 1);

		if (got != 1) {
			usleep(1000);
		} else if (line[size] == '\n') {
			line[size] = 0;
			size = 0;
			run_line(line, port);
		} else if (size + 1 < sizeof(line)) {
			size++;
		}
	}
}
