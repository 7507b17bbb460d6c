/* SPDX-License-Identifier: Apache-2.0 */
/* The module and its device: insert, open, compare versions, remove. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "compat.h"
#include "engine_kmod.h"
#include "scap_schema.h"
#include "sha256.h"

#define SYSFS_MODULE "/sys/module/" SCAPYARD_MODULE

static bool module_loaded(void)
{
	return access(SYSFS_MODULE, F_OK) == 0;
}

/* All of an open file. The caller frees *data. */
static int read_whole(int fd, void **data, size_t *size)
{
	struct stat st;
	size_t got = 0;

	if (fstat(fd, &st) < 0)
		return -1;
	*size = (size_t)st.st_size;
	*data = malloc(*size ? *size : 1);
	if (!*data)
		return -1;
	while (got < *size) {
		ssize_t n = read(fd, (char *)*data + got, *size - got);

		if (n <= 0) {
			free(*data);
			errno = n ? errno : EIO;
			return -1;
		}
		got += (size_t)n;
	}
	return 0;
}

/* Why the kernel refused the module; the kernel log has the details. */
static int insert_failed(const char *path, int error, struct scap_error *err)
{
	switch (error) {
	case ENOEXEC:
	case EINVAL:
	case ENOENT:
		return scap_fail(err, SCAP_NOT_SUPPORTED, "version: %s is not a module for this kernel: %s",
				 path, strerror(error));
	case EPERM:
	case EKEYREJECTED:
		return scap_fail(err, SCAP_NOT_SUPPORTED,
				 "lockdown: this kernel does not let us insert the module %s: %s", path,
				 strerror(error));
	}
	return scap_fail(err, SCAP_FAILURE, "cannot insert the module %s: %s", path, strerror(error));
}

/* The module remembers which file it came from, for those who find it loaded. *inserted: it was us, not
 * somebody who was faster. */
static int insert(const char *path, bool *inserted, struct scap_error *err)
{
	char sha256[65], params[128];
	void *data;
	size_t size;
	int fd = open(path, O_RDONLY | O_CLOEXEC), status = SCAP_OK;

	if (fd < 0)
		return scap_fail(err, SCAP_NOT_SUPPORTED, "no-module: %s: %s", path, strerror(errno));
	if (read_whole(fd, &data, &size) < 0) {
		status = scap_fail(err, SCAP_FAILURE, "cannot read %s: %s", path, strerror(errno));
		close(fd);
		return status;
	}
	scap_sha256_hex(data, size, sha256);
	free(data);
	snprintf(params, sizeof(params), "file_sha256=%s", sha256);
	*inserted = syscall(SYS_finit_module, fd, params, 0) == 0;
	if (!*inserted && errno != EEXIST)
		status = insert_failed(path, errno, err);
	close(fd);
	return status;
}

static int open_device(struct scap_engine *engine, struct scap_error *err)
{
	engine->device = open(SCAPYARD_DEVICE, O_RDWR | O_CLOEXEC);
	if (engine->device >= 0)
		return SCAP_OK;
	if (errno == EBUSY)
		return scap_fail(err, SCAP_FAILURE,
				 "kmod: another process is capturing: %s has one user at a time",
				 SCAPYARD_DEVICE);
	return scap_fail(err, SCAP_FAILURE, "kmod: %s: %s%s", SCAPYARD_DEVICE, strerror(errno),
			 errno == ENOENT ? " (the module is loaded: is devtmpfs mounted on /dev?)" : "");
}

#define LIBRARY_SCHEMA                                                                                       \
	SCAPYARD_PACK_VERSION(SCAP_SCHEMA_VERSION_MAJOR, SCAP_SCHEMA_VERSION_MINOR, SCAP_SCHEMA_VERSION_PATCH)

static int check_versions(struct scap_engine *engine, uint32_t flags, struct scap_error *err)
{
	struct scapyard_versions versions;
	int status;

	if (ioctl(engine->device, SCAPYARD_IOC_VERSIONS, &versions) < 0)
		return scap_fail(err, SCAP_VERSION_MISMATCH,
				 "version: the loaded module does not tell its versions: %s",
				 strerror(errno));
	if (versions.device_abi != SCAPYARD_DEVICE_ABI)
		return scap_fail(err, SCAP_VERSION_MISMATCH,
				 "version: the loaded module has device ABI %u, this libscap needs %u",
				 versions.device_abi, SCAPYARD_DEVICE_ABI);
	status = compat_check("the loaded module", "API", versions.capture_api, CAPTURE_API_VERSION, err);
	if (status == SCAP_OK)
		status = compat_check("the loaded module", "schema", versions.schema, LIBRARY_SCHEMA, err);
	if (status != SCAP_OK)
		return status;
	if (flags & SCAP_DEBUG && !(versions.build_flags & SCAPYARD_BUILD_DEBUG))
		return scap_fail(
		    err, SCAP_NOT_SUPPORTED,
		    "no-module: SCAP_DEBUG was asked for, but the loaded module is no debug build");
	engine->info.api_version = versions.capture_api;
	engine->info.schema_version = versions.schema;
	return SCAP_OK;
}

/* As the module's loader told it; "" if it was inserted by hand. */
static void read_sha256(char out[65])
{
	FILE *file = fopen(SYSFS_MODULE "/parameters/file_sha256", "re");

	out[0] = '\0';
	if (!file)
		return;
	if (fscanf(file, "%64[0-9a-f]", out) != 1)
		out[0] = '\0';
	fclose(file);
}

int scap_kmod_attach(struct scap_engine *engine, const struct scap_live_options *options,
		     struct scap_error *err)
{
	int status = SCAP_OK;

	if (geteuid() != 0)
		return scap_fail(err, SCAP_FAILURE, "kmod: only root may capture");
	if (!module_loaded()) {
		if (!options->module_path)
			return scap_fail(err, SCAP_NOT_SUPPORTED,
					 "no-module: " SCAPYARD_MODULE
					 " is not loaded, and no module_path says where it is");
		status = insert(options->module_path, &engine->inserted, err);
	}
	if (status == SCAP_OK)
		status = open_device(engine, err);
	if (status == SCAP_OK)
		status = check_versions(engine, options->flags, err);
	if (status == SCAP_OK)
		read_sha256(engine->info.sha256);
	return status;
}

void scap_kmod_detach(struct scap_engine *engine)
{
	if (engine->device >= 0)
		close(engine->device);
	engine->device = -1;
	/* Fails if another process has the device open by now; then the module is theirs. */
	if (engine->inserted)
		syscall(SYS_delete_module, SCAPYARD_MODULE, O_NONBLOCK);
	engine->inserted = false;
}
