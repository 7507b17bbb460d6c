/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The agent: pid 1 of a guest, or an ordinary process that speaks on stdin and stdout and keeps its files
 * below DIR. `agent --stdio DIR` is for tests of the executor: it loads no driver unless asked, and makes no
 * cgroups. `agent --host DIR` captures on this very machine: each program runs in a cgroup of its own, which
 * is all that the driver looks at. `agent --batch REQUESTS REPLIES`, in a guest that
 * somebody else booted, prepares it as pid 1 does and answers a file of requests in another file.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "cgroup.h"
#include "helper.h"
#include "init.h"
#include "reap.h"
#include "requests.h"

static int prepare(struct agent *agent, const char *base)
{
	snprintf(agent->base, sizeof agent->base, "%s", base);
	/* Whatever the one who started this ignores, programs begin with the defaults. */
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	int error = reap_init();
	if (!error)
		error = helper_install(agent->base);
	if (error)
		fprintf(stderr, "scapyard agent: cannot start: %s\n", strerror(-error));
	return error;
}

static _Noreturn void run_as_init(struct agent *agent)
{
	agent->is_init = true;
	init_guest();
	agent->has_cgroups = cgroup_usable();
	int fd = prepare(agent, "/scapyard") ? -1 : init_open_port();
	if (fd >= 0)
		serve(agent, &(struct channel){.in = fd, .out = fd, .patient = 1});
	else
		fprintf(stderr, "scapyard agent: no port: %s\n", strerror(-fd));
	init_power_off();
}

/* What it mounts and sets is for a guest: the command line of its kernel must say that it is one. */
static int run_batch(struct agent *agent, const char *requests, const char *replies)
{
	char cmdline[4096] = {0};
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, cmdline, sizeof cmdline - 1) < 0 || !strstr(cmdline, "scapyard_batch")) {
		fprintf(stderr, "scapyard agent: the kernel's command line lacks scapyard_batch\n");
		return 2;
	}
	close(fd);
	int in = open(requests, O_RDONLY | O_CLOEXEC);
	int out = open(replies, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (in < 0 || out < 0) {
		fprintf(stderr, "scapyard agent: %s\n", strerror(errno));
		return 1;
	}
	init_guest();
	agent->has_cgroups = cgroup_usable();
	if (prepare(agent, "/scapyard"))
		return 1;
	serve(agent, &(struct channel){.in = in, .out = out, .patient = 0});
	return close(out) ? 1 : 0;
}

int main(int argc, char **argv)
{
	static struct agent agent;

	if (getpid() == 1)
		run_as_init(&agent);
	if (argc == 4 && strcmp(argv[1], "--batch") == 0)
		return run_batch(&agent, argv[2], argv[3]);
	bool host = argc == 3 && strcmp(argv[1], "--host") == 0;
	if (!host && (argc != 3 || strcmp(argv[1], "--stdio") != 0)) {
		fprintf(stderr, "usage: %s --stdio|--host DIR (or run it as init of a guest)\n", argv[0]);
		return 2;
	}
	agent.has_cgroups = host && cgroup_usable();
	if (host && !agent.has_cgroups) {
		fprintf(stderr, "scapyard agent: no writable cgroup v2 hierarchy in /sys/fs/cgroup\n");
		return 1;
	}
	if (prepare(&agent, argv[2]))
		return 1;
	serve(&agent, &(struct channel){.in = 0, .out = 1, .patient = 0});
	return 0;
}
