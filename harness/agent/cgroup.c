/* SPDX-License-Identifier: Apache-2.0 */
#include "cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

#define CGROUP_ROOT	   "/sys/fs/cgroup"
#define CGROUP_SUPER_MAGIC 0x63677270

static int write_file(const struct cgroup *cgroup, const char *name, const char *text)
{
	char path[160];
	int fd, error = 0;

	snprintf(path, sizeof path, "%s/%s", cgroup->path, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		error = -errno;
	close(fd);
	return error;
}

bool cgroup_usable(void)
{
	struct statfs fs;

	return statfs(CGROUP_ROOT, &fs) == 0 && fs.f_type == CGROUP_SUPER_MAGIC &&
	       access(CGROUP_ROOT, W_OK) == 0;
}

int cgroup_create(uint32_t number, struct cgroup *out)
{
	struct stat st;

	*out = (struct cgroup){0};
	snprintf(out->path, sizeof out->path, "%s/scapyard.%d.%u", CGROUP_ROOT, getpid(), number);
	if ((mkdir(out->path, 0755) && errno != EEXIST) || stat(out->path, &st))
		return -errno;
	out->id = st.st_ino;
	return 0;
}

pid_t cgroup_fork(const struct cgroup *cgroup)
{
	struct clone_args args = {.flags = CLONE_INTO_CGROUP, .exit_signal = SIGCHLD};
	int fd = open(cgroup->path, O_PATH | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	args.cgroup = (uint64_t)fd;
	long pid = syscall(SYS_clone3, &args, sizeof args);
	int error = errno;
	close(fd);
	errno = error;
	return (pid_t)pid;
}

bool cgroup_kill(const struct cgroup *cgroup)
{
	return write_file(cgroup, "cgroup.kill", "1") == 0;
}

void cgroup_remove(const struct cgroup *cgroup)
{
	/* A reaped task leaves its cgroup a moment later. */
	for (int tries = 0; rmdir(cgroup->path) && errno == EBUSY && tries < 200; tries++)
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}
