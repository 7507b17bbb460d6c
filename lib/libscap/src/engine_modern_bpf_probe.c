/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which attach kind loses nothing on this kernel. From 7.2 raw tracepoint programs at sys_enter and sys_exit
 * may run preemptible; then the kernel's recursion guard skips the runs of other tasks on the CPU meanwhile.
 * Trace events run with preemption off. So: look at preempt_count from inside such a program.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine_modern_bpf.h"
#include "preempt_probe.skel.h"

static int load_probe(struct bpf_object *object)
{
	struct bpf_preempt_probe probe = {.target = (uint32_t)getpid()};
	struct bpf_map *map = bpf_object__find_map_by_name(object, ".data.probe");

	if (!map || bpf_map__set_initial_value(map, &probe, sizeof(probe)))
		return -1;
	return bpf_object__load(object);
}

/* enum bpf_preempt_answer, or 0: it did not run; or -errno. */
static int run_probe(struct bpf_object *object)
{
	int map = bpf_object__find_map_fd_by_name(object, ".data.probe");
	struct bpf_program *program = bpf_object__find_program_by_name(object, "probe_preempt");
	struct bpf_preempt_probe probe = {0};
	struct bpf_link *link;
	uint32_t key = 0;

	link = bpf_program__attach_raw_tracepoint(program, "sys_exit");
	if (!link)
		return -errno;
	for (int i = 0; i < 10 && !probe.answer; i++)
		if (bpf_map_lookup_elem(map, &key, &probe))
			break;
	bpf_link__destroy(link);
	return (int)probe.answer;
}

int scap_bpf_probe_attach(const struct scap_live_options *options, enum scap_attach *attach,
			  struct scap_error *err)
{
	struct scap_bpf_log *log = calloc(1, sizeof(*log));
	size_t size;
	const void *bytes = preempt_probe_bpf__elf_bytes(&size);
	struct bpf_object *object;
	int answer = 0, status = SCAP_OK;

	if (!log)
		return scap_fail(err, SCAP_FAILURE, "no memory");
	scap_bpf_log_begin(log);
	object = scap_bpf_open_object("preempt_probe", bytes, size, options->btf_path, log);
	if (!object || load_probe(object))
		status = scap_bpf_load_failed(errno, log, err);
	else
		answer = run_probe(object);
	scap_bpf_log_end();
	free(log);
	bpf_object__close(object);
	if (status == SCAP_OK && answer <= 0)
		status = scap_fail(err, SCAP_FAILURE, "probing preempt_count at sys_exit: %s",
				   answer ? strerror(-answer) : "the program did not run");
	*attach = answer == BPF_PREEMPTIBLE ? SCAP_ATTACH_TP : SCAP_ATTACH_RAW_TP;
	return status;
}
