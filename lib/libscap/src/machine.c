/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "error.h"
#include "os_file.h"
#include "os_text.h"

static int boot_time(uint64_t *ns, struct scap_error *err)
{
	FILE *file = fopen("/proc/stat", "re");
	char line[256];
	unsigned long long seconds = 0;
	int found = 0;

	if (!file)
		return scap_fail(err, SCAP_FAILURE, "cannot open /proc/stat: %s", strerror(errno));
	while (!found && fgets(line, sizeof(line), file))
		found = sscanf(line, "btime %llu", &seconds) == 1;
	fclose(file);
	if (!found)
		return scap_fail(err, SCAP_FAILURE, "/proc/stat has no btime");
	*ns = seconds * 1000000000ull;
	return SCAP_OK;
}

static int pid_limit(uint64_t *limit, struct scap_error *err)
{
	FILE *file = fopen("/proc/sys/kernel/pid_max", "re");
	unsigned long long value;
	int got;

	if (!file)
		return scap_fail(err, SCAP_FAILURE, "cannot open /proc/sys/kernel/pid_max: %s",
				 strerror(errno));
	got = fscanf(file, "%llu", &value);
	fclose(file);
	if (got != 1)
		return scap_fail(err, SCAP_FAILURE, "/proc/sys/kernel/pid_max is no number");
	*limit = value;
	return SCAP_OK;
}

static int host_name(char *name, size_t size, struct scap_error *err)
{
	const char *given = getenv("SCAP_HOSTNAME"); /* in a container, the name of the host */

	if (given) {
		snprintf(name, size, "%s", given);
		return SCAP_OK;
	}
	if (gethostname(name, size - 1) != 0)
		return scap_fail(err, SCAP_FAILURE, "gethostname: %s", strerror(errno));
	return SCAP_OK;
}

int scap_local_machine_info(struct scap_machine_info *out, struct scap_error *err)
{
	int status;

	memset(out, 0, sizeof(*out));
	out->num_cpus = (uint32_t)sysconf(_SC_NPROCESSORS_ONLN);
	out->memory_bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) * (uint64_t)sysconf(_SC_PAGESIZE);
	status = host_name(out->hostname, sizeof(out->hostname), err);
	if (status == SCAP_OK)
		status = pid_limit(&out->max_pid, err);
	if (status == SCAP_OK)
		status = boot_time(&out->boot_ts_ns, err);
	return status;
}

/* When this process began: field 22 of its stat, in clock ticks since boot. */
static int start_time(uint64_t *ns, struct scap_error *err)
{
	struct scap_thread unused;
	uint64_t boot, ticks;
	struct os_span comm;
	char text[1024];
	ssize_t size = os_read(AT_FDCWD, "/proc/self/stat", text, sizeof(text));
	int status = boot_time(&boot, err);

	if (status != SCAP_OK)
		return status;
	if (size <= 0 || !os_parse_stat(text, (size_t)size, &unused, &comm, &ticks))
		return scap_fail(err, SCAP_FAILURE, "/proc/self/stat cannot be read");
	*ns = boot + ticks * (1000000000ull / (uint64_t)sysconf(_SC_CLK_TCK));
	return SCAP_OK;
}

int scap_local_agent_info(struct scap_agent_info *out, struct scap_error *err)
{
	struct utsname name;

	memset(out, 0, sizeof(*out));
	out->pid = (uint64_t)getpid();
	if (uname(&name) != 0)
		return scap_fail(err, SCAP_FAILURE, "uname: %s", strerror(errno));
	snprintf(out->release, sizeof(out->release), "%s", name.release);
	snprintf(out->machine, sizeof(out->machine), "%s", name.machine);
	return start_time(&out->start_ns, err);
}
