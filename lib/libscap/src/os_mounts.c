/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os_mounts.h"

#define MOUNTINFO_MAX ((size_t)16 << 20)

static void clear(struct os_mount_namespace *namespace)
{
	free(namespace->text.data);
	free(namespace->mounts);
	*namespace = (struct os_mount_namespace){0};
}

void os_mounts_free(struct os_mounts *mounts)
{
	for (size_t i = 0; i < mounts->count; i++)
		clear(&mounts->namespaces[i]);
	mounts->count = 0;
}

static bool read_mounts(struct os_mount_namespace *into, int process_dir)
{
	struct os_span text, line;
	size_t lines = 0;

	if (!os_read_all(process_dir, "mountinfo", &into->text, MOUNTINFO_MAX))
		return false;
	text = os_span(into->text.data, into->text.size);
	while (os_line(&text, &line))
		lines++;
	into->mounts = calloc(lines + 1, sizeof(*into->mounts));
	if (!into->mounts)
		return false;
	text = os_span(into->text.data, into->text.size);
	while (os_line(&text, &line))
		into->count += os_parse_mount(line, &into->mounts[into->count]);
	return true;
}

const struct os_mount_namespace *os_mounts_of(struct os_mounts *mounts, int process_dir)
{
	struct os_mount_namespace *namespace;
	struct stat link;

	if (fstatat(process_dir, "ns/mnt", &link, 0) != 0)
		link.st_ino = 0; /* not shared with any other process, as far as we know */
	for (size_t i = 0; i < mounts->count && link.st_ino; i++)
		if (mounts->namespaces[i].ino == link.st_ino)
			return &mounts->namespaces[i];
	if (mounts->count == OS_MOUNT_NAMESPACES)
		clear(&mounts->namespaces[--mounts->count]);
	namespace = &mounts->namespaces[mounts->count];
	if (!read_mounts(namespace, process_dir)) {
		mounts->no_memory |= errno == ENOMEM;
		clear(namespace);
		return NULL;
	}
	namespace->ino = link.st_ino;
	mounts->count++;
	return namespace;
}

uint32_t os_mount_dev(const struct os_mount_namespace *known, uint32_t mnt_id, uint32_t otherwise)
{
	for (size_t i = 0; known && mnt_id && i < known->count; i++)
		if (known->mounts[i].id == mnt_id)
			return os_encode_dev(known->mounts[i].major, known->mounts[i].minor);
	return otherwise;
}

/* How much of `path` the mount point is: 0 if the path is not below it. */
static size_t prefix(const struct os_mount *mount, const char *path)
{
	char point[PATH_MAX];
	size_t size = os_unescape(mount->point, point, sizeof(point));

	if (size == 1 && point[0] == '/')
		return 1;
	return strncmp(path, point, size) == 0 && (path[size] == '/' || path[size] == 0) ? size : 0;
}

/* The longest; of equal ones the last, which covers the others. */
const struct os_mount *os_mount_at(const struct os_mount_namespace *known, const char *path)
{
	const struct os_mount *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; known && i < known->count; i++) {
		size_t size = prefix(&known->mounts[i], path);

		if (size == 0 || size < longest)
			continue;
		longest = size;
		found = &known->mounts[i];
	}
	return found;
}

static bool find_option(struct os_span options, const char *name, struct os_span *value)
{
	while (os_part(&options, ',', value))
		if (os_begins(*value, name)) {
			value->at += strlen(name);
			return true;
		}
	return false;
}

/* upperdir + the path inside the file system */
static bool in_upper(const struct os_mount *mount, struct os_span upper, int root_dir, const char *path)
{
	char place[2 * PATH_MAX], inside[PATH_MAX];
	size_t size = os_unescape(upper, place, PATH_MAX);
	struct stat found;

	os_unescape(mount->root, inside, sizeof(inside));
	snprintf(place + size, sizeof(place) - size, "%s/%s", inside, path + prefix(mount, path));
	while (size > 0 && place[0] == '/') { /* below root_dir, also if that is not "/" */
		memmove(place, place + 1, strlen(place));
		size--;
	}
	return fstatat(root_dir, place, &found, AT_SYMLINK_NOFOLLOW) == 0;
}

enum os_layer os_overlay_layer(const struct os_mount_namespace *known, int root_dir, const char *path)
{
	const struct os_mount *mount = os_mount_at(known, path);
	struct os_span upper;

	if (!mount || !os_is(mount->type, "overlay"))
		return OS_NO_OVERLAY;
	if (find_option(mount->options, "upperdir=", &upper) && in_upper(mount, upper, root_dir, path))
		return OS_UPPER;
	return OS_LOWER;
}
