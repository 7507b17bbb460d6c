/* SPDX-License-Identifier: Apache-2.0 */
/*
 * First process of a kernel that has no 9p built in: loads the modules, mounts the root that vmtest shares
 * under the tag /dev/root, and continues with the script that the kernel's command line names.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

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

/* The value of init=, which the kernel leaves alone because of rdinit=. */
static const char *next_init(char *cmdline)
{
	for (char *word; (word = strsep(&cmdline, " \n"));)
		if (strncmp(word, "init=", 5) == 0)
			return word + 5;
	return NULL;
}

static int fail(const char *what)
{
	printf("init: %s: %m\n", what);
	return 1;
}

int main(void)
{
	static char cmdline[8192];

	mkdir("/proc", 0755);
	mkdir("/root", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	int fd = open("/proc/cmdline", O_RDONLY);
	if (fd < 0 || read(fd, cmdline, sizeof cmdline - 1) < 0)
		return fail("/proc/cmdline");
	load_modules();
	/* Nobody else writes there; uncached, each program is read anew each time: s390x took 100 s to boot. */
	if (mount("/dev/root", "/root", "9p", 0, "trans=virtio,version=9p2000.L,cache=loose,msize=1048576"))
		return fail("mount /dev/root");
	umount("/proc");
	const char *script = next_init(cmdline);
	if (!script || chdir("/root") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
		return fail("enter the root");
	execl(script, script, (char *)NULL);
	return fail(script);
}
