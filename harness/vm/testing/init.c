/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The guest of the machine tests: loads its modules, opens the agent's port, and does what one letter says:
 * 'p' panics, 'q' powers off, 's' tells the number of processors, 'c' counts up; anything else comes back as
 * it is.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/syscall.h>
#include <unistd.h>

static int load_module(const char *name)
{
	char path[300];
	int fd;

	snprintf(path, sizeof(path), "/modules/%s", name);
	fd = open(path, O_RDONLY);
	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0) != 0)
		return -1;
	return close(fd);
}

static void load_modules(void)
{
	struct dirent **entries;
	int count = scandir("/modules", &entries, NULL, alphasort);

	for (int i = 0; i < count; i++)
		if (entries[i]->d_name[0] != '.' && load_module(entries[i]->d_name) != 0)
			printf("init: cannot load %s: %m\n", entries[i]->d_name);
}

/* The only port of the machine is the agent's. */
static int open_port(void)
{
	for (;;) {
		int fd = open("/dev/vport0p1", O_RDWR);

		if (fd < 0)
			fd = open("/dev/vport1p1", O_RDWR);
		if (fd >= 0)
			return fd;
		usleep(1000);
	}
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		printf("init: %s: %m\n", path);
}

static ssize_t answer(char *buffer, ssize_t size)
{
	static int count;

	switch (buffer[0]) {
	case 'p':
		write_file("/proc/sysrq-trigger", "c");
		return size;
	case 'q':
		return reboot(RB_POWER_OFF);
	case 's':
		return sprintf(buffer, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	case 'c':
		return sprintf(buffer, "%d", ++count);
	default:
		return size;
	}
}

int main(void)
{
	static char buffer[1 << 16];
	ssize_t size;
	int port;

	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("dev", "/dev", "devtmpfs", 0, NULL);
	load_modules();
	port = open_port();
	printf("init: ready\n");
	for (;;) {
		size = read(port, buffer, sizeof(buffer));
		if (size > 0)
			size = answer(buffer, size);
		if (size <= 0 || write(port, buffer, size) != size)
			usleep(1000);
	}
}
