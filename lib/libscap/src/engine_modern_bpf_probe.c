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
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "engine_modern_bpf.h"
#include "preempt_probe.skel.h"

/* The probe answers through its .bss: 0 = did not run, 1 = preemption is off in it, 2 = it is preemptible. */
static int run_probe(struct preempt_probe_bpf *probe)
{
	struct bpf_link *link;

	probe->bss->target = (uint32_t)getpid();
	link = bpf_program__attach_raw_tracepoint(probe->progs.probe_preempt, "sys_exit");
	if (!link)
		return -errno;
	for (int i = 0; i < 10 && !probe->bss->answer; i++)
		syscall(SYS_getppid);
	bpf_link__destroy(link);
	return probe->bss->answer;
}

int scap_bpf_probe_attach(enum scap_attach *attach, struct scap_error *err)
{
	struct scap_bpf_log *log = calloc(1, sizeof(*log));
	struct preempt_probe_bpf *probe;
	int answer, status = SCAP_OK;

	if (!log)
		return scap_fail(err, SCAP_FAILURE, "no memory");
	scap_bpf_log_begin(log);
	probe = preempt_probe_bpf__open_and_load();
	scap_bpf_log_end();
	if (!probe)
		status = scap_bpf_load_failed(errno, log, err);
	free(log);
	if (!probe)
		return status;
	answer = run_probe(probe);
	preempt_probe_bpf__destroy(probe);
	if (answer <= 0)
		return scap_fail(err, SCAP_FAILURE, "probing preempt_count at sys_exit: %s",
				 answer ? strerror(-answer) : "the program did not run");
	*attach = answer == 2 ? SCAP_ATTACH_TP : SCAP_ATTACH_RAW_TP;
	return SCAP_OK;
}
