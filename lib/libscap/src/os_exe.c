/* SPDX-License-Identifier: Apache-2.0 */
/* The file that a process runs. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "os_process.h"

#define PATH_ROOM	 4096
#define CAP_DAC_OVERRIDE 1

static bool in_group(const struct os_status *status, uint32_t gid)
{
	if (status->fsgid == gid)
		return true;
	for (uint32_t i = 0; i < status->group_count; i++)
		if (status->groups[i] == gid)
			return true;
	return false;
}

/* By ownership and mode, or because a capability lets it: the drivers' walk_exe_writable(). */
bool os_exe_writable(const struct os_exe_access *access)
{
	if (access->read_only)
		return false;
	if (access->cap_effective >> CAP_DAC_OVERRIDE & 1)
		return true;
	if (access->owned)
		return access->mode & 0200;
	return access->mode & (access->in_group ? 0020 : 0002);
}

static bool writable(const struct os_status *status, const struct stat *file, const struct statvfs *fs)
{
	struct os_exe_access access = {.read_only = fs->f_flag & ST_RDONLY,
				       .cap_effective = status->cap_effective,
				       .owned = status->fsuid == file->st_uid,
				       .in_group = in_group(status, file->st_gid),
				       .mode = file->st_mode};

	return os_exe_writable(&access);
}

static uint64_t nanoseconds(struct timespec time)
{
	return (uint64_t)time.tv_sec * 1000000000ull + (uint64_t)time.tv_nsec;
}

static void take_inode(int process_dir, const struct os_status *status, struct scap_thread *thread)
{
	struct statvfs fs;
	struct stat file;
	int fd;

	if (fstatat(process_dir, "exe", &file, 0) != 0)
		return;
	thread->exe_ino = file.st_ino;
	thread->exe_ino_ctime = nanoseconds(file.st_ctim);
	thread->exe_ino_mtime = nanoseconds(file.st_mtim);
	fd = openat(process_dir, "exe", O_PATH | O_CLOEXEC);
	if (fd < 0)
		return;
	if (fstatvfs(fd, &fs) == 0)
		thread->exe_writable = writable(status, &file, &fs);
	close(fd);
}

void os_scan_exe(struct os_scan *scan, int process_dir, const struct os_status *status,
		 struct scap_thread *thread)
{
	char path[PATH_ROOM];
	ssize_t size = os_link(process_dir, "exe", path, sizeof(path));
	enum os_layer layer;

	thread->exepath = lists_text(scan->lists, path, size > 0 ? (size_t)size : 0);
	if (size <= 0)
		return; /* a kernel thread, or not ours to see */
	take_inode(process_dir, status, thread);
	thread->exe_from_memfd = strncmp(path, "/memfd:", 7) == 0;
	layer = os_overlay_layer(os_mounts_of(&scan->mounts, process_dir), scan->root_dir, path);
	thread->exe_upper_layer = layer == OS_UPPER;
	thread->exe_lower_layer = layer == OS_LOWER;
}
