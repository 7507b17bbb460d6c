/* SPDX-License-Identifier: Apache-2.0 */
#include "reap.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "time_ns.h"

#define MS 1000000u

static sigset_t child_signal(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	return set;
}

int reap_init(void)
{
	sigset_t set = child_signal();

	if (sigprocmask(SIG_BLOCK, &set, NULL) || prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))
		return -errno;
	return 0;
}

/* Reap what is dead now. False once there are no children at all. */
static bool reap_some(pid_t pid, int *status)
{
	for (;;) {
		int one;
		pid_t reaped = waitpid(-1, &one, WNOHANG | __WALL);
		if (reaped < 0 && errno != EINTR)
			return false;
		if (reaped == 0)
			return true;
		if (reaped == pid)
			*status = one;
	}
}

bool reap_all(pid_t pid, int *status, uint64_t deadline_ns)
{
	sigset_t set = child_signal();

	while (reap_some(pid, status)) {
		uint64_t now = now_ns(CLOCK_MONOTONIC);
		if (now >= deadline_ns)
			return false;
		/* A clone()d child may end without SIGCHLD: look again now and then. */
		uint64_t wait = deadline_ns - now < 20 * MS ? deadline_ns - now : 20 * MS;
		struct timespec ts = timespec_of(wait);
		sigtimedwait(&set, NULL, &ts);
	}
	return true;
}

/* The parent's pid from /proc/<pid>/stat, or -1. */
static pid_t parent_of(const char *pid)
{
	char path[64], text[512];
	ssize_t size;
	int fd;

	snprintf(path, sizeof path, "/proc/%.16s/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	size = read(fd, text, sizeof text - 1);
	close(fd);
	if (size <= 0)
		return -1;
	text[size] = '\0';
	/* "pid (comm) state ppid": comm may hold anything, so look for the last parenthesis. */
	char *end = strrchr(text, ')');
	return end && strlen(end) > 4 ? (pid_t)atoi(end + 4) : -1;
}

static void kill_children(void)
{
	DIR *dir = opendir("/proc");
	struct dirent *entry;

	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (isdigit((unsigned char)entry->d_name[0]) && parent_of(entry->d_name) == getpid())
			kill((pid_t)atoi(entry->d_name), SIGKILL);
	closedir(dir);
}

bool kill_all(const struct cgroup *cgroup, pid_t pid, int *status)
{
	uint64_t end = now_ns(CLOCK_MONOTONIC) + 5000ull * MS;

	if (cgroup->path[0])
		cgroup_kill(cgroup);
	/* Children of the killed become ours, one generation a round. */
	do {
		kill_children();
		if (reap_all(pid, status, now_ns(CLOCK_MONOTONIC) + 20 * MS))
			return true;
	} while (now_ns(CLOCK_MONOTONIC) < end);
	return false;
}
