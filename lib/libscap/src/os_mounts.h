/* SPDX-License-Identifier: Apache-2.0 */
/* Mounts of the namespaces that were met: devices of open files, layers of executables. */
#ifndef SCAP_OS_MOUNTS_H
#define SCAP_OS_MOUNTS_H

#include "os_file.h"
#include "os_text.h"

#define OS_MOUNT_NAMESPACES 64 /* remembered; beyond that the last one is read anew */

struct os_mounts {
	struct os_mount_namespace {
		uint64_t ino; /* of /proc/PID/ns/mnt */
		struct os_buffer text;
		struct os_mount *mounts;
		size_t count;
	} namespaces[OS_MOUNT_NAMESPACES];
	size_t count;
	bool no_memory; /* mounts are missing for lack of it */
};

void os_mounts_free(struct os_mounts *mounts);

/* Of the process whose /proc directory is open. NULL if they cannot be read. */
const struct os_mount_namespace *os_mounts_of(struct os_mounts *mounts, int process_dir);

/* The device number of a mount as drivers send it; `otherwise` if the mount is not known. */
uint32_t os_mount_dev(const struct os_mount_namespace *known, uint32_t mnt_id, uint32_t otherwise);

/* The mount that a path lies on, or NULL. */
const struct os_mount *os_mount_at(const struct os_mount_namespace *known, const char *path);

/* Whether the file is on an overlay, and if so whether its upper layer has it. Layers are looked for below
 * `root_dir`. */
enum os_layer { OS_NO_OVERLAY, OS_UPPER, OS_LOWER };
enum os_layer os_overlay_layer(const struct os_mount_namespace *known, int root_dir, const char *path);

/* u32 device numbers of drivers: see walk_encode_dev() there. */
static inline uint32_t os_encode_dev(uint32_t major, uint32_t minor)
{
	return (minor & 0xff) | (major & 0xfff) << 8 | (minor & ~0xffu) << 12;
}

#endif
