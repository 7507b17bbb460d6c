/* SPDX-License-Identifier: Apache-2.0 */
#include "workdir.h"

#include <errno.h>
#include <ftw.h>
#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)at;
	return (type == FTW_DP || type == FTW_D || type == FTW_DNR ? rmdir(path) : unlink(path)) ? errno : 0;
}

/* Detach one mount at or below `path`; false if there is none. */
static int unmount_one(const char *path)
{
	FILE *mounts = setmntent("/proc/self/mounts", "r");
	struct mntent *entry;
	int found = 0;

	if (!mounts)
		return 0;
	while (!found && (entry = getmntent(mounts)))
		if (strncmp(entry->mnt_dir, path, strlen(path)) == 0)
			found = umount2(entry->mnt_dir, MNT_DETACH) == 0;
	endmntent(mounts);
	return found;
}

int workdir_create(const char *path)
{
	if (mkdir(path, 0755) == 0)
		return 0;
	int error = errno == EEXIST ? workdir_remove(path) : -errno;
	return error ? error : mkdir(path, 0755) ? -errno : 0;
}

int workdir_remove(const char *path)
{
	while (unmount_one(path))
		;
	int error = nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	return error < 0 ? (errno == ENOENT ? 0 : -errno) : -error;
}
