/* SPDX-License-Identifier: Apache-2.0 */
/*
 * First process of a guest in which scapyard itself runs: mounts what a system has, opens the agent's port,
 * runs the words of the file /words, sends the file /results through the port, and powers off. Called as
 * `setpriv --pdeathsig KILL -- COMMAND…` it does what that does, for a guest without util-linux.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/reboot.h>
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

		snprintf(path, sizeof path, "/modules/%s", entries[i]->d_name);
		int fd = open(path, O_RDONLY);
		if (entries[i]->d_name[0] != '.' && (fd < 0 || syscall(SYS_finit_module, fd, "", 0)))
			printf("init: cannot load %s: %m\n", path);
		if (fd >= 0)
			close(fd);
	}
}

/* The only port of the machine. */
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

/* The lines of /words: the directory, then the command. */
static void run_words(void)
{
	static char text[8192];
	char *words[64] = {0}, *next = text;
	int count = 0, fd = open("/words", O_RDONLY);

	if (fd < 0 || read(fd, text, sizeof text - 1) < 0)
		_exit(90);
	for (char *word; (word = strsep(&next, "\n")) && *word && count < 63;)
		words[count++] = word;
	if (chdir(words[0]))
		_exit(91);
	execvp(words[1], words + 1);
	printf("init: %s: %m\n", words[1]);
	_exit(92);
}

static void send_file(const char *path, int port)
{
	char chunk[4096];
	int fd = open(path, O_RDONLY);
	ssize_t got;

	while (fd >= 0 && (got = read(fd, chunk, sizeof chunk)) > 0)
		for (ssize_t sent = 0; sent < got;) {
			ssize_t n = write(port, chunk + sent, (size_t)(got - sent));
			sent += n > 0 ? n : 0;
		}
}

static int set_death_signal(char **words)
{
	/* setpriv --pdeathsig KILL -- COMMAND… */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execvp(words[4], words + 4);
	return 127;
}

int main(int argc, char **argv)
{
	int status = 0;
	char line[64];

	if (argc > 4 && strstr(argv[0], "setpriv"))
		return set_death_signal(argv);
	mount_at("proc", "/proc");
	mount_at("sysfs", "/sys");
	mount_at("devtmpfs", "/dev");
	mount_at("tmpfs", "/dev/shm");
	mount_at("cgroup2", "/sys/fs/cgroup");
	load_modules();
	int port = open_port();
	setenv("PATH", "/bin:/sbin", 1);
	setenv("HOME", "/", 1);
	setenv("SCAPYARD_PREBUILT", "1", 1);
	pid_t child = fork();
	if (child == 0)
		run_words();
	waitpid(child, &status, 0);
	send_file("/results", port);
	int length =
	    snprintf(line, sizeof line, "\nstatus %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
	if (write(port, line, (size_t)length) != length)
		printf("init: the port is closed: %m\n");
	usleep(300000);
	reboot(RB_POWER_OFF);
}
