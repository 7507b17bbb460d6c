/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <grp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "zoo.h"

#define READY_FD 700 /* a program that is run finds it there */

/* Whoever waits for the end of what this program prints must not wait for its animals. */
static _Noreturn void rest(void)
{
	fflush(stdout);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	for (;;)
		pause();
}

void zoo_stand_still(void)
{
	char ready = 1;

	MUST(write(READY_FD, &ready, 1));
	close(READY_FD);
	rest();
}

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	MAY(fd < 0 ? -1 : write(fd, text, strlen(text)));
	close(fd);
}

/* ---- what they run ---- */

static void copy_program(int to)
{
	int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat stat;

	MUST(from);
	MUST(fstat(from, &stat));
	while (stat.st_size > 0) {
		ssize_t moved = sendfile(to, from, NULL, (size_t)stat.st_size);

		MUST(moved);
		stat.st_size -= moved;
	}
	close(from);
}

static char *const arguments[] = {"animal", ZOO_STANDS_STILL, "", "two words", NULL};
static char *const variables[] = {"PLACE=" ZOO, "EMPTY=", NULL};

static void runs_a_deleted_file(void)
{
	int fd = open(ZOO "/program to delete", O_WRONLY | O_CREAT, 0755);

	copy_program(fd);
	close(fd);
	execve(ZOO "/program to delete", arguments, variables);
}

static void runs_a_memfd(void)
{
	int fd = memfd_create("in memory", MFD_CLOEXEC);

	copy_program(fd);
	fexecve(fd, arguments, variables);
}

static void runs_with_long_texts(void)
{
	static char large[10000] = "LARGE=";
	char *const long_arguments[] = {"", ZOO_STANDS_STILL, large, large, NULL};
	char *const long_variables[] = {large, large, NULL};

	memset(large + 6, 'x', sizeof(large) - 7);
	execve("/proc/self/exe", long_arguments, long_variables);
}

static void runs_without_texts(void)
{
	char *const few[] = {ZOO_STANDS_STILL, NULL}, *const none[] = {NULL};

	execve("/proc/self/exe", few, none);
}

/* As sendmail does: over the arguments and into the environment. */
static char *own_argument;

static void overwrites_its_arguments(void)
{
	char *end = own_argument + strlen(own_argument);

	memset(own_argument, 't', (size_t)(end - own_argument) + 1); /* the last NUL, too */
}

/* ---- where they are ---- */

static void in_a_removed_directory(void)
{
	MUST(mkdir(ZOO "/removed", 0755));
	MUST(chdir(ZOO "/removed"));
	MUST(rmdir(ZOO "/removed"));
}

static void deep_below(int levels, const char *name)
{
	MUST(chdir(ZOO));
	for (int i = 0; i < levels; i++) {
		mkdir(name, 0755);
		MUST(chdir(name));
	}
}

static void deeper_than_iterators_walk(void)
{
	deep_below(40, "down");
}

static void as_deep_as_they_walk(void)
{
	deep_below(29, "d");
}

static void in_a_path_that_is_too_long(void)
{
	static char name[201];

	memset(name, 'n', 200);
	deep_below(30, name);
}

static void in_another_root(void)
{
	MUST(mkdir(ZOO "/root", 0755));
	MUST(mkdir(ZOO "/root/inside", 0755));
	MUST(chroot(ZOO "/root"));
	MUST(chdir("/inside"));
}

static void in_another_mount_namespace(void)
{
	MUST(unshare(CLONE_NEWNS));
	MUST(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	MUST(mkdir(ZOO "/mount", 0755));
	MUST(mount("zoo", ZOO "/mount", "tmpfs", 0, NULL));
	MUST(mkdir(ZOO "/mount/in it", 0755));
	MUST(chdir(ZOO "/mount/in it"));
	MUST(open("a file", O_RDWR | O_CREAT, 0600));
	MUST(mkdir(ZOO "/bound", 0755));
	MUST(mount(ZOO "/mount/in it", ZOO "/bound", NULL, MS_BIND, NULL));
	MUST(open(ZOO "/bound/a file", O_RDONLY | O_CLOEXEC));
	MUST(umount2(ZOO "/bound", MNT_DETACH));
}

/* ---- who they are ---- */

static void leads_a_session(void)
{
	MUST(setsid());
}

static void in_a_group_of_its_own(void)
{
	MUST(setpgid(0, 0));
	MUST(prctl(PR_SET_NAME, "odd) (name"));
}

static void has_a_terminal(void)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave;

	MUST(setsid());
	MUST(master);
	MUST(grantpt(master));
	MUST(unlockpt(master));
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	MUST(ioctl(slave, TIOCSCTTY, 0));
}

static void is_nobody_special(void)
{
	const gid_t groups[] = {7, 8, 9};
	struct rlimit limit = {.rlim_cur = 901, .rlim_max = 902};

	put("/proc/self/loginuid", "1000");
	MUST(setrlimit(RLIMIT_NOFILE, &limit));
	MUST(setgroups(3, groups));
	MUST(setresgid(100, 101, 102));
	MUST(setresuid(1000, 1001, 1002));
}

static void owns_its_program(void)
{
	MUST(chmod("/proc/self/exe", 0755));
	MUST(setresuid(1, 1, 1));
}

static void begins_a_pid_namespace(void)
{
	pid_t child;

	MUST(unshare(CLONE_NEWPID | CLONE_NEWNS));
	child = fork();
	MUST(child);
	if (child)
		rest();
	MUST(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL));
	MUST(mount("proc", "/proc", "proc", 0, NULL));
	MUST(setsid());
	child = fork();
	MUST(child);
	if (child)
		rest();
}

static void has_a_network_of_its_own(void)
{
	MUST(unshare(CLONE_NEWNET));
	zoo_open_files();
}

static void in_a_cgroup(void)
{
	char pid[16];

	mkdir(ZOO "/cgroups", 0755);
	if (mount("cgroup2", ZOO "/cgroups", "cgroup2", 0, NULL) < 0) {
		printf("zoo: not here: cgroup2: %m\n");
		return;
	}
	MUST(mkdir(ZOO "/cgroups/some", 0755));
	MUST(mkdir(ZOO "/cgroups/some/one", 0755));
	snprintf(pid, sizeof(pid), "%d", getpid());
	put(ZOO "/cgroups/some/one/cgroup.procs", pid);
}

static void has_a_dead_child(void)
{
	pid_t child = fork();
	siginfo_t info;

	MUST(child);
	if (!child)
		_exit(3);
	MUST(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT));
}

/* ---- threads ---- */

static pthread_barrier_t there;

static void *in_a_thread(void *name)
{
	prctl(PR_SET_NAME, name);
	pthread_barrier_wait(&there);
	rest();
}

static void *with_files_of_its_own(void *name)
{
	MUST(unshare(CLONE_FILES));
	return in_a_thread(name);
}

static void has_threads(void)
{
	static char first[] = "first", second[] = "15 bytes, second", third[] = "third";
	pthread_t thread;

	pthread_barrier_init(&there, NULL, 4);
	MUST(-pthread_create(&thread, NULL, in_a_thread, first));
	MUST(-pthread_create(&thread, NULL, in_a_thread, second));
	MUST(-pthread_create(&thread, NULL, with_files_of_its_own, third));
	pthread_barrier_wait(&there);
}

static void *outlives_the_first(void *leader)
{
	pthread_join(*(pthread_t *)leader, NULL);
	zoo_stand_still();
}

static void has_lost_its_first_thread(void)
{
	static pthread_t leader;
	pthread_t thread;

	leader = pthread_self();
	MUST(-pthread_create(&thread, NULL, outlives_the_first, &leader));
	pthread_exit(NULL);
}

static void does_nothing(void)
{
}

#define ANIMAL(name)                                                                                         \
	{                                                                                                    \
		name, #name                                                                                  \
	}

static const struct animal {
	void (*become)(void);
	const char *name;
} animals[] = {
    ANIMAL(does_nothing),
    ANIMAL(runs_a_deleted_file),
    ANIMAL(runs_a_memfd),
    ANIMAL(runs_with_long_texts),
    ANIMAL(runs_without_texts),
    ANIMAL(overwrites_its_arguments),
    ANIMAL(in_a_removed_directory),
    ANIMAL(as_deep_as_they_walk),
    ANIMAL(deeper_than_iterators_walk),
    ANIMAL(in_a_path_that_is_too_long),
    ANIMAL(in_another_root),
    ANIMAL(in_another_mount_namespace),
    ANIMAL(leads_a_session),
    ANIMAL(in_a_group_of_its_own),
    ANIMAL(has_a_terminal),
    ANIMAL(is_nobody_special),
    ANIMAL(owns_its_program),
    ANIMAL(begins_a_pid_namespace),
    ANIMAL(in_a_cgroup),
    ANIMAL(has_a_dead_child),
    ANIMAL(has_threads),
    ANIMAL(has_lost_its_first_thread),
    ANIMAL(zoo_open_files),
    ANIMAL(has_a_network_of_its_own),
};

static void start(const struct animal *animal)
{
	int ready[2];
	char byte;
	pid_t child;

	MUST(pipe(ready));
	fflush(stdout);
	child = fork();
	MUST(child);
	if (!child) {
		MUST(dup2(ready[1], READY_FD));
		close(ready[0]);
		close(ready[1]);
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		animal->become();
		zoo_stand_still();
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1) != 1) {
		printf("zoo: %s: did not come\n", animal->name);
		exit(1);
	}
	close(ready[0]);
}

void zoo_start(char *argument)
{
	struct rlimit limit = {.rlim_cur = 1024, .rlim_max = 4096};

	own_argument = argument;
	MUST(setrlimit(RLIMIT_NOFILE, &limit));
	MUST(mkdir(ZOO, 0755));
	mkdir("/dev/pts", 0755);
	mount("devpts", "/dev/pts", "devpts", 0, NULL);
	for (size_t i = 0; i < sizeof(animals) / sizeof(animals[0]); i++)
		start(&animals[i]);
	MUST(unlink(ZOO "/program to delete"));
}

void zoo_start_crowd(unsigned count)
{
	static const struct animal plain = ANIMAL(does_nothing);

	while (count--)
		start(&plain);
}
