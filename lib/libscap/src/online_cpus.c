/* SPDX-License-Identifier: Apache-2.0 */
#include "online_cpus.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* A list of ranges: "0-3,5,7-8\n". */
static int parse(FILE *file, bool *online, uint32_t count)
{
	unsigned int first, last;
	int next = ',';

	while (next == ',') {
		if (fscanf(file, "%u", &first) != 1)
			return -1;
		last = first;
		next = fgetc(file);
		if (next == '-') {
			if (fscanf(file, "%u", &last) != 1)
				return -1;
			next = fgetc(file);
		}
		for (unsigned int cpu = first; cpu <= last && cpu < count; cpu++)
			online[cpu] = true;
	}
	return 0;
}

bool *scap_online_cpus(uint32_t count)
{
	bool *online = calloc(count, sizeof(*online));
	FILE *file = online ? fopen("/sys/devices/system/cpu/online", "r") : NULL;

	if (!file || parse(file, online, count)) {
		int error = errno ? errno : EINVAL;

		if (file)
			fclose(file);
		free(online);
		errno = error;
		return NULL;
	}
	fclose(file);
	return online;
}
