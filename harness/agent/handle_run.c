/* SPDX-License-Identifier: Apache-2.0 */
/* RUN: a program, and the events of exactly its processes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "program.h"
#include "requests.h"
#include "run.h"
#include "workdir.h"

enum run_flags { RUN_DROP_FAILED = 1, RUN_DYNAMIC_SNAPLEN = 2 };
enum reply_flags { REPLY_TIMED_OUT = 1, REPLY_SURVIVORS = 2 };

struct job {
	struct program program;
	struct cgroup cgroup;
	struct capture_setup setup;
	struct captures *captures;
	struct scap_error err;
	int scap_status;
	char workdir[300];
};

static int start_capture(void *context)
{
	struct job *job = context;

	job->setup.scope = job->cgroup.id;
	job->scap_status = captures_begin(job->captures, &job->setup, &job->err);
	return job->scap_status == SCAP_OK ? 0 : -EIO;
}

static void write_result(struct request *request, const struct job *job, const struct run_result *result)
{
	struct writer *out = &request->out;
	const struct program *p = &job->program;

	write_u32(out, (uint32_t)result->status);
	write_u32(out, (result->timed_out ? REPLY_TIMED_OUT : 0) | (result->survivors ? REPLY_SURVIVORS : 0));
	write_u64(out, result->ns);
	write_u32(out, p->mismatch->found ? p->mismatch->slot : 0);
	write_u64(out, p->mismatch->result);
	write_u32(out, p->slot_count);
	for (uint32_t i = 0; i < p->slot_count; i++) {
		write_u32(out, p->slots[i].state);
		write_u64(out, p->slots[i].value);
	}
	write_u32(out, p->arena_bytes);
	for (uint32_t offset = 0; offset < p->arena_bytes; offset += p->page_size) {
		static const uint8_t zeros[65536];
		bool hole = program_is_hole(p, offset);
		write_bytes(out, hole ? zeros : p->arena + offset, p->page_size);
	}
}

static void run_and_write(struct request *request, struct job *job, uint32_t timeout_ms)
{
	struct run_options options = {
	    .timeout_ns = timeout_ms * 1000000ull,
	    .workdir = job->workdir,
	    .cgroup = &job->cgroup,
	    .ready = start_capture,
	    .context = job,
	};
	struct run_result result;
	struct writer streams = {0};
	int error = run_program(&job->program, &options, &result);
	int ended = captures_end(job->captures, &streams, &job->err);

	if (job->scap_status == SCAP_OK)
		job->scap_status = ended;
	if (job->scap_status != SCAP_OK) {
		fail(request, ERROR_DRIVER, job->scap_status, job->err.text);
	} else if (error) {
		fail(request, ERROR_FAILED, -error, "the program could not be started");
	} else {
		write_result(request, job, &result);
		write_bytes(&request->out, streams.data, streams.size);
		request->out.bad |= streams.bad;
	}
	writer_free(&streams);
}

/* The run's own directory and cgroup around it. */
static void run_job(struct request *request, struct job *job, uint32_t timeout_ms)
{
	struct agent *agent = request->agent;
	int error;

	snprintf(job->workdir, sizeof job->workdir, "%s/run.%u", agent->base, agent->runs);
	error = workdir_create(job->workdir);
	if (!error && agent->has_cgroups)
		error = cgroup_create(agent->runs, &job->cgroup);
	agent->runs++;
	if (error)
		fail(request, ERROR_FAILED, -error, "no directory or cgroup for the program");
	else
		run_and_write(request, job, timeout_ms);
	if (job->cgroup.path[0])
		cgroup_remove(&job->cgroup);
	error = workdir_remove(job->workdir);
	if (error)
		fail(request, ERROR_FAILED, -error, "the program's directory cannot be removed");
}

static void read_setup(struct reader *in, struct capture_setup *setup)
{
	uint32_t flags = read_u32(in);

	setup->drop_failed = flags & RUN_DROP_FAILED;
	setup->dynamic_snaplen = flags & RUN_DYNAMIC_SNAPLEN;
	setup->snaplen = read_u32(in);
	setup->sampling = read_u32(in);
	setup->fullcapture_first = (uint16_t)read_u32(in);
	setup->fullcapture_last = (uint16_t)read_u32(in);
	setup->statsd_port = (uint16_t)read_u32(in);
	setup->interest = read_bytes(in, SCAP_INTEREST_BYTES);
}

/*
 * Request: u32 timeout in ms, u32 run_flags, u32 snaplen, u32 sampling, u32 first and u32 last full-capture
 * port, u32 statsd port, 64 bytes interest, sized program. Reply: i32 wait status, u32 reply_flags, u64 ns,
 * u32 slot of the first unexpected result or 0, i64 that result, u32 slots × (u32 state, i64 value), sized
 * arena, u32 drivers × (as captures_end() writes).
 */
void handle_run(struct request *request)
{
	struct job job = {.captures = &request->agent->captures};
	char why[128];
	uint32_t timeout_ms = read_u32(&request->in);

	read_setup(&request->in, &job.setup);
	uint32_t size = read_u32(&request->in);
	const uint8_t *program = read_bytes(&request->in, size);
	if (!program || request->in.left > 0) {
		fail(request, ERROR_MALFORMED, 0, "a run request is malformed");
		return;
	}
	if (program_load(program, size, &job.program, why, sizeof why)) {
		fail(request, ERROR_MALFORMED, 0, why);
		return;
	}
	run_job(request, &job, timeout_ms);
	program_free(&job.program);
}
