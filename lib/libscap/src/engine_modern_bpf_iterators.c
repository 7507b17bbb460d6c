/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Iterators over tasks and their files. What the kernel can do is tried: programs that may sleep and so read
 * the memory of others (Linux 5.18), or those that may not (5.8).
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine_modern_bpf.h"
#include "iterators.skel.h"
#include "os_iterators.h"

#define KERNEL_BTF "/sys/kernel/btf/vmlinux"

struct os_iterators {
	struct bpf_object *object;
	struct bpf_link *tasks, *files;
};

static int load_with(struct os_iterators *iterators, const char *tasks, struct scap_bpf_log *log)
{
	struct bpf_program *program;
	size_t size;
	const void *bytes = iterators_bpf__elf_bytes(&size);

	iterators->object = scap_bpf_open_object("iterators", bytes, size, NULL, log);
	if (!iterators->object)
		return -errno;
	bpf_object__for_each_program(program, iterators->object)
	{
		const char *name = bpf_program__name(program);

		bpf_program__set_autoload(program,
					  strcmp(name, tasks) == 0 || strcmp(name, "list_files") == 0);
	}
	if (bpf_object__load(iterators->object))
		return -errno;
	iterators->tasks =
	    bpf_program__attach_iter(bpf_object__find_program_by_name(iterators->object, tasks), NULL);
	iterators->files =
	    bpf_program__attach_iter(bpf_object__find_program_by_name(iterators->object, "list_files"), NULL);
	return iterators->tasks && iterators->files ? 0 : -errno;
}

static void clear(struct os_iterators *iterators)
{
	bpf_link__destroy(iterators->tasks);
	bpf_link__destroy(iterators->files);
	bpf_object__close(iterators->object);
	*iterators = (struct os_iterators){0};
}

static int load(struct os_iterators *iterators, struct scap_error *why)
{
	struct scap_bpf_log *log = calloc(1, sizeof(*log));
	int error, status = SCAP_OK;

	if (!log)
		return scap_fail(why, SCAP_FAILURE, "out of memory");
	scap_bpf_log_begin(log);
	error = load_with(iterators, "list_tasks_with_memory", log);
	if (error) {
		clear(iterators);
		memset(log, 0, sizeof(*log));
		error = load_with(iterators, "list_tasks", log);
	}
	if (error)
		status = scap_bpf_load_failed(-error, log, why);
	scap_bpf_log_end();
	free(log);
	return status;
}

/* The cheap questions first: reading the kernel's types takes libbpf tens of milliseconds. */
static int check_kernel(struct scap_error *why)
{
	if (access(KERNEL_BTF, R_OK))
		return scap_fail(why, SCAP_NOT_SUPPORTED, "no-btf: " KERNEL_BTF ": %s", strerror(errno));
	if (libbpf_probe_bpf_prog_type(BPF_PROG_TYPE_TRACEPOINT, NULL) != 1)
		return scap_fail(
		    why, SCAP_NOT_SUPPORTED,
		    "permission: BPF programs cannot be loaded; that needs root (CAP_BPF, CAP_PERFMON)");
	return SCAP_OK;
}

int os_iterators_load(struct os_iterators **out, struct scap_error *why)
{
	struct os_iterators *iterators;
	int status = check_kernel(why);

	if (status != SCAP_OK)
		return status;
	iterators = calloc(1, sizeof(*iterators));
	if (!iterators)
		return scap_fail(why, SCAP_FAILURE, "out of memory");
	status = load(iterators, why);
	if (status != SCAP_OK) {
		os_iterators_unload(iterators);
		return status;
	}
	*out = iterators;
	return SCAP_OK;
}

void os_iterators_unload(struct os_iterators *iterators)
{
	if (iterators)
		clear(iterators);
	free(iterators);
}

static int open_link(struct bpf_link *link, struct scap_error *why)
{
	int fd = bpf_iter_create(bpf_link__fd(link));

	if (fd < 0)
		scap_fail(why, SCAP_FAILURE, "making an iterator: %s", strerror(errno));
	return fd;
}

int os_iterators_tasks(struct os_iterators *iterators, struct scap_error *why)
{
	return open_link(iterators->tasks, why);
}

int os_iterators_files(struct os_iterators *iterators, struct scap_error *why)
{
	return open_link(iterators->files, why);
}
