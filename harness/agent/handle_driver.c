/* SPDX-License-Identifier: Apache-2.0 */
/* LOAD, UNLOAD, STATS and METRICS. */
#include <stdio.h>
#include <string.h>

#include "requests.h"

static void write_info(struct writer *out, const struct scap_driver_info *info)
{
	write_string(out, info->engine);
	write_string(out, info->attach);
	write_string(out, info->sha256);
	write_u32(out, info->rings);
	write_u64(out, info->ring_bytes);
	write_u64(out, info->api_version);
	write_u64(out, info->schema_version);
	write_u64(out, info->verified_insns);
	write_u64(out, info->load_ns);
	write_string(out, info->btf);
}

/*
 * Request: string engine, u64 buffer bytes, u32 CPUs per buffer, u32 snaplen, u32 attach, u32
 * scap_live_flags, u32 buffer preset, string module path, string BTF path. Reply: u32 status; then if OK u32
 * handle and the driver info, else string text. A driver that cannot be loaded is an answer, not an error:
 * the text classifies it.
 */
void handle_load(struct request *request)
{
	struct captures *captures = &request->agent->captures;
	struct scap_live_options options = {.size = sizeof options};
	struct scap_driver_info info = {0};
	struct scap_error err = {0};
	char engine[32], module[256], btf[256];
	uint32_t handle = 0;

	read_string(&request->in, engine, sizeof engine);
	options.buffer_bytes = read_u64(&request->in);
	options.cpus_per_buffer = read_u32(&request->in);
	options.snaplen = read_u32(&request->in);
	options.attach = read_u32(&request->in);
	options.flags = read_u32(&request->in);
	options.buffer_preset = read_u32(&request->in);
	read_string(&request->in, module, sizeof module);
	read_string(&request->in, btf, sizeof btf);
	if (request->in.bad || request->in.left > 0) {
		fail(request, ERROR_MALFORMED, 0, "a load request is malformed");
		return;
	}
	options.engine = engine;
	options.module_path = module[0] ? module : NULL;
	options.btf_path = btf[0] ? btf : NULL;
	while (handle < MAX_CAPTURES && captures->open[handle].scap)
		handle++;
	if (handle == MAX_CAPTURES) {
		fail(request, ERROR_REFUSED, 0, "two drivers are loaded already");
		return;
	}
	struct scap *scap = NULL;
	int status = scap_open_live(&options, &scap, &err);
	if (status == SCAP_OK) {
		captures->open[handle].scap = scap;
		scap_get_driver_info(scap, &info);
	}
	write_u32(&request->out, (uint32_t)status);
	if (status == SCAP_OK) {
		write_u32(&request->out, handle);
		write_info(&request->out, &info);
	} else {
		write_string(&request->out, err.text);
	}
}

static struct scap **loaded(struct request *request)
{
	uint32_t handle = read_u32(&request->in);
	struct captures *captures = &request->agent->captures;

	if (!request->in.bad && handle < MAX_CAPTURES && captures->open[handle].scap)
		return &captures->open[handle].scap;
	fail(request, ERROR_REFUSED, 0, "no driver is loaded under this handle");
	return NULL;
}

/* Request: u32 handle. Reply: empty. */
void handle_unload(struct request *request)
{
	struct scap **scap = loaded(request);

	if (!scap)
		return;
	scap_close(*scap);
	*scap = NULL;
}

/* Request: u32 handle. Reply: 8 × u64. */
void handle_stats(struct request *request)
{
	struct scap **scap = loaded(request);
	struct scap_stats stats = {0};

	if (!scap)
		return;
	int status = scap_get_stats(*scap, &stats);
	if (status != SCAP_OK)
		fail(request, ERROR_DRIVER, status, scap_last_error(*scap));
	else
		write_stats(&request->out, &stats);
}

/* Request: u32 handle, u32 enum scap_metric_flags. Reply: u32 metrics × (string name, u64 value). */
void handle_metrics(struct request *request)
{
	struct scap **scap = loaded(request);
	uint32_t flags = read_u32(&request->in);
	const struct scap_metric *metrics = NULL;
	size_t count = 0;

	if (!scap)
		return;
	int status = scap_get_metrics(*scap, flags, &metrics, &count);
	if (status != SCAP_OK) {
		fail(request, ERROR_DRIVER, status, scap_last_error(*scap));
		return;
	}
	write_u32(&request->out, (uint32_t)count);
	for (size_t i = 0; i < count; i++) {
		write_string(&request->out, metrics[i].name);
		write_u64(&request->out, metrics[i].value);
	}
}
