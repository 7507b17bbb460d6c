/* SPDX-License-Identifier: Apache-2.0 */
/* Which tracepoints the eBPF driver is attached to, and how. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <string.h>

#include "engine_modern_bpf.h"
#include "scap_schema.h"

/* sys_enter has events for the calls whose arguments another thread could change before sys_exit reads them.
 */
const struct bpf_hook scap_bpf_hooks[] = {
    {"sys_exit", "sys_exit_raw", "sys_exit_tp", {0}},
    {"sys_enter",
     "sys_enter_raw",
     "sys_enter_tp",
     {PPM_SC_OPEN, PPM_SC_OPENAT, PPM_SC_OPENAT2, PPM_SC_CREAT, PPM_SC_CONNECT}},
    {"sched_process_exec", "process_exec", NULL, {PPM_SC_EXECVE, PPM_SC_EXECVEAT}},
/* Those with CAPTURE_FORK_CHILD_BY_HOOK in drivers/capture/regs_*.h */
#if defined(__aarch64__) || defined(__s390x__) || defined(__riscv)
    {"sched_process_fork", "process_fork", NULL, {PPM_SC_CLONE, PPM_SC_CLONE3, PPM_SC_FORK, PPM_SC_VFORK}},
#endif
    {"sched_process_exit", "process_exit", NULL, {PPM_SC_SCHED_PROCESS_EXIT}},
    {"signal_deliver", "signal_deliver", NULL, {PPM_SC_SIGNAL_DELIVER}},
    {"sched_switch", "sched_switch", NULL, {PPM_SC_SCHED_SWITCH}},
    {"cpuhp_enter", "cpu_hotplug", NULL, {0}},
    {"page_fault_user", "fault_user", NULL, {PPM_SC_PAGE_FAULT_USER}},
    {"page_fault_kernel", "fault_kernel", NULL, {PPM_SC_PAGE_FAULT_KERNEL}},
    {NULL, NULL, NULL, {0}},
};

static bool wanted(const struct bpf_hook *hook, const struct capture_config *config)
{
	if (!hook->sc[0])
		return true;
	for (int i = 0; hook->sc[i]; i++)
		if (config->interest[hook->sc[i] / 64] >> (hook->sc[i] % 64) & 1)
			return true;
	return false;
}

static const char *program_name(const struct scap_engine *engine, const struct bpf_hook *hook)
{
	return engine->attach == SCAP_ATTACH_TP && hook->tp_program ? hook->tp_program : hook->program;
}

static const struct bpf_hook *hook_of(const char *program)
{
	for (const struct bpf_hook *hook = scap_bpf_hooks; hook->tracepoint; hook++)
		if (!strcmp(program, hook->program) ||
		    (hook->tp_program && !strcmp(program, hook->tp_program)))
			return hook;
	return NULL;
}

/* Fillers and the dispatchers must be of one type to call each other. */
static int set_type(const struct scap_engine *engine, struct bpf_program *program, const char *tracepoint)
{
	switch (engine->attach) {
	case SCAP_ATTACH_TP:
		return bpf_program__set_type(program, BPF_PROG_TYPE_TRACEPOINT);
	case SCAP_ATTACH_TP_BTF:
		if (bpf_program__set_type(program, BPF_PROG_TYPE_TRACING) ||
		    bpf_program__set_expected_attach_type(program, BPF_TRACE_RAW_TP))
			return -1;
		return bpf_program__set_attach_target(program, 0, tracepoint);
	default:
		return bpf_program__set_type(program, BPF_PROG_TYPE_RAW_TRACEPOINT);
	}
}

int scap_bpf_hooks_prepare(struct scap_engine *engine, struct scap_error *err)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, engine->object)
	{
		const char *name = bpf_program__name(program);
		const struct bpf_hook *hook = hook_of(name);
		const char *tracepoint = hook ? hook->tracepoint : "sys_exit";
		int failed = 0;

		if (hook && strcmp(name, program_name(engine, hook)))
			failed = bpf_program__set_autoload(program, false);
		else if (!hook || hook->tp_program)
			failed = set_type(engine, program, tracepoint);
		if (failed)
			return scap_fail(err, SCAP_FAILURE, "preparing program %s: %s", name,
					 strerror(errno));
	}
	return SCAP_OK;
}

/* NULL: errno says why; ENOENT without a program, as without a tracepoint. */
static struct bpf_link *attach(const struct scap_engine *engine, const struct bpf_hook *hook,
			       struct bpf_program *program)
{
	if (!program) {
		errno = ENOENT;
		return NULL;
	}
	if (!hook->tp_program || engine->attach == SCAP_ATTACH_RAW_TP)
		return bpf_program__attach_raw_tracepoint(program, hook->tracepoint);
	if (engine->attach == SCAP_ATTACH_TP)
		return bpf_program__attach_tracepoint(program, "raw_syscalls", hook->tracepoint);
	return bpf_program__attach_trace(program);
}

/* False: there is no such program, or the kernel does not tell. */
static bool info_of(const struct scap_engine *engine, const struct bpf_hook *hook, struct bpf_prog_info *info)
{
	struct bpf_program *program =
	    bpf_object__find_program_by_name(engine->object, program_name(engine, hook));
	uint32_t size = sizeof(*info);

	memset(info, 0, sizeof(*info));
	return program && !bpf_obj_get_info_by_fd(bpf_program__fd(program), info, &size);
}

uint64_t scap_bpf_recursion_misses(struct scap_engine *engine)
{
	struct bpf_prog_info info;
	uint64_t sum = 0;

	for (const struct bpf_hook *hook = scap_bpf_hooks; hook->tracepoint; hook++)
		if (info_of(engine, hook, &info))
			sum += info.recursion_misses;
	return sum;
}

int scap_bpf_program_runs(struct scap_engine *engine, uint32_t number, struct engine_program *out)
{
	struct bpf_prog_info info;

	memset(out, 0, sizeof(*out));
	for (const struct bpf_hook *hook = scap_bpf_hooks; hook->tracepoint; hook++) {
		if (!info_of(engine, hook, &info) || number-- > 0)
			continue;
		strncpy(out->name, program_name(engine, hook), sizeof(out->name) - 1);
		out->runs = info.run_cnt;
		out->ns = info.run_time_ns;
		return SCAP_OK;
	}
	return SCAP_NOT_FOUND;
}

int scap_bpf_hooks_update(struct scap_engine *engine, bool missing_is_error, struct scap_error *err)
{
	for (int i = 0; scap_bpf_hooks[i].tracepoint; i++) {
		const struct bpf_hook *hook = &scap_bpf_hooks[i];
		struct bpf_program *program;

		if (!wanted(hook, engine->config)) {
			bpf_link__destroy(engine->links[i]);
			engine->links[i] = NULL;
			continue;
		}
		if (engine->links[i])
			continue;
		program = bpf_object__find_program_by_name(engine->object, program_name(engine, hook));
		if (!program && hook->tp_program)
			return scap_fail(err, SCAP_ILLEGAL_INPUT, "the BPF object has no program '%s'",
					 program_name(engine, hook));
		engine->links[i] = attach(engine, hook, program);
		/* Some architectures and kernels lack page_fault_*; none lacks sys_enter and sys_exit, only
		 * tracefs may not be mounted. */
		if (engine->links[i] || (errno == ENOENT && !missing_is_error && !hook->tp_program))
			continue;
		return scap_fail(
		    err, errno == ENOENT ? SCAP_NOT_SUPPORTED : SCAP_FAILURE,
		    "missing-feature: attaching to %s: %s%s", hook->tracepoint, strerror(errno),
		    engine->attach == SCAP_ATTACH_TP && hook->tp_program ? " (is tracefs mounted?)" : "");
	}
	return SCAP_OK;
}

void scap_bpf_hooks_detach(struct scap_engine *engine)
{
	for (int i = 0; scap_bpf_hooks[i].tracepoint; i++)
		bpf_link__destroy(engine->links[i]);
}
