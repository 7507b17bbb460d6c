/* SPDX-License-Identifier: Apache-2.0 */
#include "init.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/reboot.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "modules.h"

struct mount_entry {
	const char *type;
	const char *path;
	unsigned long flags;
	int optional; /* not in every kernel */
};

static const struct mount_entry mounts[] = {
    {"proc", "/proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, 0},
    {"sysfs", "/sys", MS_NOSUID | MS_NODEV | MS_NOEXEC, 0},
    {"devtmpfs", "/dev", MS_NOSUID, 0},
    {"tmpfs", "/dev/shm", MS_NOSUID | MS_NODEV, 0},
    {"devpts", "/dev/pts", MS_NOSUID | MS_NOEXEC, 1},
    {"tmpfs", "/tmp", MS_NOSUID | MS_NODEV, 0},
    {"tmpfs", "/scapyard", MS_NODEV, 0},
    {"cgroup2", "/sys/fs/cgroup", MS_NOSUID | MS_NODEV | MS_NOEXEC, 0},
    {"bpf", "/sys/fs/bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, 1},
    {"debugfs", "/sys/kernel/debug", MS_NOSUID | MS_NODEV | MS_NOEXEC, 1},
    {"securityfs", "/sys/kernel/security", MS_NOSUID | MS_NODEV | MS_NOEXEC, 1}, /* tells of lockdown */
    {"tracefs", "/sys/kernel/tracing", MS_NOSUID | MS_NODEV | MS_NOEXEC, 1},
};

static void complain(const char *what, const char *which)
{
	fprintf(stderr, "scapyard agent: %s %s: %s\n", what, which, strerror(errno));
}

static void mount_all(void)
{
	for (size_t i = 0; i < sizeof mounts / sizeof *mounts; i++) {
		const struct mount_entry *m = &mounts[i];
		mkdir(m->path, 0755); /* fails where the kernel has made it */
		if (mount(m->type, m->path, m->type, m->flags, NULL) && errno != EBUSY && !m->optional)
			complain("mount", m->path);
	}
}

static void write_setting(const char *path, const char *value)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		complain("write", path);
	if (fd >= 0)
		close(fd);
}

/*
 * Some kernels refuse programs without the JIT, and interpret slowly: on before the first is loaded, unless
 * the kernel's command line has scapyard_jit=off, which the kernel hands on as a variable.
 */
static void set_jit(void)
{
	const char *path = "/proc/sys/net/core/bpf_jit_enable";
	const char *wish = getenv("scapyard_jit");

	if (access(path, F_OK) == 0)
		write_setting(path, wish && strcmp(wish, "off") == 0 ? "0" : "1");
}

static void loopback_up(void)
{
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		complain("bring up", lo.ifr_name);
	if (fd >= 0)
		close(fd);
}

/* The kernel gives init an open console, unless it has none at that time. */
static void console(void)
{
	int fd = open("/dev/console", O_RDWR | O_NOCTTY);

	for (int target = 0; fd >= 0 && target < 3; target++)
		dup2(fd, target);
	if (fd > 2)
		close(fd);
}

void init_guest(void)
{
	mount_all();
	console();
	modules_load_all("/modules");
	set_jit();
	loopback_up();
	/* As in every system: execveat() names its program so, and security modules look the name up. */
	if (symlink("/proc/self/fd", "/dev/fd"))
		complain("link", "/dev/fd");
	if (sethostname("scapyard", 8))
		complain("set", "hostname");
}

_Noreturn void init_power_off(void)
{
	sync();
	for (;;)
		syscall(SYS_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_POWER_OFF,
			NULL);
}
