/* SPDX-License-Identifier: Apache-2.0 */
/* LOAD_TEST: writers as fast as they can, while the drivers capture and the agent reads. */
#include <errno.h>

#include "load_test.h"
#include "reap.h"
#include "requests.h"
#include "time_ns.h"

enum load_flags { LOAD_HAMMER = 1 };

struct load_job {
	struct load load;
	struct cgroup cgroup;
	struct capture_setup setup;
	struct load_run run;
	struct scap_error err;
	uint64_t timeout_ns;
	uint64_t ns;
	bool timed_out;
};

/* Read while they write. Returns a scap_status. */
static int read_along(struct captures *captures, struct load_job *job)
{
	uint64_t began = now_ns(CLOCK_MONOTONIC), now = began;
	int status = SCAP_OK, ignored;

	load_begin(&job->run);
	while (!reap_all(-1, &ignored, now + 1000000) && status == SCAP_OK) {
		status = captures_pump(captures, &job->err);
		now = now_ns(CLOCK_MONOTONIC);
		job->timed_out = now - began > job->timeout_ns;
		if (job->timed_out)
			break;
	}
	kill_all(&job->cgroup, -1, &ignored);
	job->ns = now_ns(CLOCK_MONOTONIC) - began;
	return status;
}

static void write_counts(struct writer *out, const struct load_job *job)
{
	const struct load_counts *counts = job->run.counts;

	write_u32(out, job->timed_out);
	write_u64(out, job->ns);
	write_u64(out, counts->updates);
	write_u32(out, job->load.writers);
	for (uint32_t i = 0; i < job->load.writers; i++)
		write_u64(out, counts->sent[i]);
}

static void run_load(struct request *request, struct load_job *job)
{
	struct captures *captures = &request->agent->captures;
	struct writer streams = {0};
	int ended, ignored;
	int status = captures_begin(captures, &job->setup, &job->err);

	if (status == SCAP_OK)
		status = read_along(captures, job);
	else
		kill_all(&job->cgroup, -1, &ignored);
	ended = captures_end(captures, &streams, &job->err);
	if (status != SCAP_OK || ended != SCAP_OK) {
		fail(request, ERROR_DRIVER, status != SCAP_OK ? status : ended, job->err.text);
	} else if (job->run.counts->failed) {
		fail(request, ERROR_FAILED, ENODEV, "a writer or the hammer could not begin");
	} else {
		write_counts(&request->out, job);
		write_bytes(&request->out, streams.data, streams.size);
		request->out.bad |= streams.bad;
	}
	writer_free(&streams);
}

static bool read_request(struct reader *in, struct load_job *job)
{
	job->load.writers = read_u32(in);
	job->load.writes = read_u32(in);
	job->load.payload_bytes = read_u32(in);
	job->load.hammer = read_u32(in) & LOAD_HAMMER;
	job->timeout_ns = read_u32(in) * 1000000ull;
	job->setup.snaplen = read_u32(in);
	job->setup.interest = read_bytes(in, SCAP_INTEREST_BYTES);
	return !in->bad && in->left == 0 && job->load.writers > 0 && job->load.writers <= MAX_WRITERS &&
	       job->load.payload_bytes >= MIN_PAYLOAD_BYTES && job->load.payload_bytes <= MAX_PAYLOAD_BYTES;
}

/*
 * Request: u32 writers, u32 writes of each, u32 payload bytes, u32 load_flags, u32 timeout in ms, u32
 * snaplen, 64 bytes interest. Reply: u32 timed out, u64 ns, u64 map updates, u32 writers × u64 sent, u32
 * drivers × (as captures_end() writes).
 */
void handle_load_test(struct request *request)
{
	struct load_job job = {0};
	int error = 0, ignored;

	if (!read_request(&request->in, &job)) {
		fail(request, ERROR_MALFORMED, 0, "a load test request is malformed");
		return;
	}
	if (request->agent->has_cgroups)
		error = cgroup_create(request->agent->runs++, &job.cgroup);
	if (!error)
		error = load_prepare(&job.load, &job.cgroup, &job.run);
	job.setup.scope = job.cgroup.id;
	if (error) {
		fail(request, ERROR_FAILED, -error, "the load test could not be started");
		kill_all(&job.cgroup, -1, &ignored);
	} else {
		run_load(request, &job);
	}
	load_free(&job.run);
	if (job.cgroup.path[0])
		cgroup_remove(&job.cgroup);
}
