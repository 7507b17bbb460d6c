/* SPDX-License-Identifier: Apache-2.0 */
#include "modules.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_module(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return length > 3 && strcmp(entry->d_name + length - 3, ".ko") == 0;
}

static void load(const char *dir, const char *name)
{
	char path[512];
	int fd;

	snprintf(path, sizeof path, "%.200s/%.255s", dir, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || (syscall(SYS_finit_module, fd, "", 0) && errno != EEXIST))
		fprintf(stderr, "scapyard agent: module %s: %s\n", name, strerror(errno));
	if (fd >= 0)
		close(fd);
}

void modules_load_all(const char *dir)
{
	struct dirent **entries;
	int count = scandir(dir, &entries, is_module, alphasort);

	for (int i = 0; i < count; i++) {
		load(dir, entries[i]->d_name);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}
