/* SPDX-License-Identifier: Apache-2.0 */
/* The virtio-serial port, found by the name that the host gave it. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

#define PORTS_DIR "/sys/class/virtio-ports"
#define PORT_NAME "scapyard.agent"

static int has_name(const char *port)
{
	char path[320], name[64] = "";
	FILE *file;

	snprintf(path, sizeof path, PORTS_DIR "/%.200s/name", port);
	file = fopen(path, "re");
	if (!file)
		return 0;
	if (!fgets(name, sizeof name, file))
		name[0] = '\0';
	fclose(file);
	name[strcspn(name, "\n")] = '\0';
	return strcmp(name, PORT_NAME) == 0;
}

static int open_named(void)
{
	DIR *dir = opendir(PORTS_DIR);
	struct dirent *entry;
	char path[300];
	int fd = -ENOENT;

	if (!dir)
		return -errno;
	while (fd == -ENOENT && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.' || !has_name(entry->d_name))
			continue;
		snprintf(path, sizeof path, "/dev/%.200s", entry->d_name);
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			fd = -errno;
	}
	closedir(dir);
	return fd;
}

int init_open_port(void)
{
	int fd = -ENOENT;

	for (int tries = 0; tries < 30000; tries++) {
		fd = open_named();
		if (fd >= 0 || fd != -ENOENT)
			return fd;
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
	}
	return fd;
}
