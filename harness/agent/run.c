/* SPDX-License-Identifier: Apache-2.0 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arch.h"
#include "executor.h"
#include "reap.h"
#include "time_ns.h"

#define EXIT_PROLOGUE 118 /* the process could not be prepared */

/* As a shell would start it: default signals, /dev/null as 0, 1, 2, nothing else open. */
static void prepare(const char *workdir)
{
	sigset_t none;
	int null = open("/dev/null", O_RDWR);

	signal(SIGPIPE, SIG_DFL); /* all that the agent has changed */
	sigemptyset(&none);
	if (null < 0 || chdir(workdir) || setsid() < 0 || sigprocmask(SIG_SETMASK, &none, NULL))
		_exit(EXIT_PROLOGUE);
	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	syscall(SYS_close_range, 3, ~0u, 0);
	umask(022);
	prctl(PR_SET_NAME, "scapyard");
}

/*
 * A forked process has not accessed its pages yet. Where the hardware does not mark accesses (s390x, some
 * riscv64) drivers, which must not fault, cannot read such pages: their events would lack the process's name.
 */
static void touch_arguments(void)
{
	(void)*(const volatile char *)program_invocation_name;
}

/* Stops in the last call before the program's first. Raw calls, as the C library's raise() makes another
 * after. */
static _Noreturn void child(const struct program *program, const char *workdir)
{
	prepare(workdir);
	touch_arena(program);
	touch_arguments();
	uint64_t stop[6] = {(uint64_t)getpid(), SIGSTOP};
	agent_syscall(SYS_kill, stop);
	execute(program);
}

static int await_stop(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, WUNTRACED | __WALL) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFSTOPPED(status) ? 0 : -ECHILD;
}

static int start(struct program *program, pid_t pid, const struct run_options *options)
{
	int error = await_stop(pid);

	if (!error)
		error = options->ready(options->context);
	if (error)
		return error;
	program->slots[SLOT_PID] = (struct slot){.value = (uint64_t)pid, .state = SLOT_DONE};
	program->slots[SLOT_PPID] = (struct slot){.value = (uint64_t)getpid(), .state = SLOT_DONE};
	return kill(pid, SIGCONT) ? -errno : 0;
}

int run_program(struct program *program, const struct run_options *options, struct run_result *result)
{
	pid_t pid = options->cgroup->path[0] ? cgroup_fork(options->cgroup) : fork();

	*result = (struct run_result){0};
	if (pid < 0)
		return -errno;
	if (pid == 0)
		child(program, options->workdir);
	uint64_t began = now_ns(CLOCK_MONOTONIC);
	int error = start(program, pid, options);
	if (error || !reap_all(pid, &result->status, began + options->timeout_ns)) {
		result->timed_out = !error;
		result->survivors = !kill_all(options->cgroup, pid, &result->status);
	}
	result->ns = now_ns(CLOCK_MONOTONIC) - began;
	return error;
}
