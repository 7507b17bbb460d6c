/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `other-versions ENGINE DRIVER ABI API-MAJOR API-MINOR SCHEMA-MAJOR SCHEMA-MINOR`: loads the driver into a
 * libscap whose versions are so much higher than they are, and prints what comes of it: the error, or how
 * many of ten calls were captured. Exit status: what scap_open_live() returned.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "other_versions.h"
#include "scap.h"
#include "scap_schema.h"

#define CALLS 10

static void raise_versions(char **by)
{
	library_versions.device_abi += (uint32_t)atoi(by[0]);
	library_versions.capture_api += (uint64_t)atoll(by[1]) << 44;
	library_versions.capture_api += (uint64_t)atoll(by[2]) << 24;
	library_versions.schema_major += (uint32_t)atoi(by[3]);
	library_versions.schema_minor += (uint32_t)atoi(by[4]);
}

static unsigned capture_calls(struct scap *scap)
{
	const struct scap_event *event;
	unsigned own = 0;

	if (scap_start(scap) != SCAP_OK)
		return 0;
	for (int i = 0; i < CALLS; i++)
		syscall(SYS_getppid);
	scap_stop(scap);
	while (scap_next(scap, &event, NULL, NULL) == SCAP_OK)
		own += event->tid == (uint64_t)getpid() && event->type == PPME_GENERIC_X;
	return own;
}

/* A BPF object. */
static void read_object(const char *path, struct scap_live_options *options)
{
	static char object[16 << 20];
	FILE *file = fopen(path, "rb");

	if (!file) {
		perror(path);
		exit(2);
	}
	options->object = object;
	options->object_size = fread(object, 1, sizeof(object), file);
	fclose(file);
}

int main(int argc, char **argv)
{
	uint8_t interest[SCAP_INTEREST_BYTES] = {[PPM_SC_GETPPID / 8] = 1 << PPM_SC_GETPPID % 8};
	struct scap_live_options options = {.size = sizeof(options), .interest = interest};
	struct scap_error err;
	struct scap *scap;
	int status;

	if (argc != 8)
		return 2;
	options.engine = argv[1];
	if (strcmp(argv[1], "kmod") == 0)
		options.module_path = argv[2];
	else
		read_object(argv[2], &options);
	raise_versions(argv + 3);
	status = scap_open_live(&options, &scap, &err);
	if (status == SCAP_OK) {
		printf("captured %u\n", capture_calls(scap));
		scap_close(scap);
	} else {
		puts(err.text);
	}
	return status;
}
