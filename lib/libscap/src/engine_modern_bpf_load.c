/* SPDX-License-Identifier: Apache-2.0 */
/* Loading the eBPF driver: rings, map sizes, programs, mapped memory. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf_versions.h"
#include "clock.h"
#include "engine_modern_bpf.h"
#include "online_cpus.h"
#include "scap_schema.h"
#include "scapyard.skel.h"
#include "scapyard_debug.skel.h"
#include "sha256.h"

static int check_kernel(const struct scap_live_options *options, struct scap_error *err)
{
	const char *btf = options->btf_path ? options->btf_path : "/sys/kernel/btf/vmlinux";

	if (access(btf, R_OK))
		return scap_fail(err, SCAP_NOT_SUPPORTED, "no-btf: %s: %s", btf, strerror(errno));
	if (libbpf_probe_bpf_map_type(BPF_MAP_TYPE_RINGBUF, NULL) == 0)
		return scap_fail(err, SCAP_NOT_SUPPORTED,
				 "version: this kernel has no BPF ring buffers (Linux 5.8)");
	return SCAP_OK;
}

/* ring_of[cpu] for every possible CPU; one that is offline and gets no ring shares the first one when it
 * comes. Returns the number of rings. */
static uint32_t assign_rings(uint32_t *ring_of, uint32_t cpus, uint32_t per_ring, const bool *online)
{
	uint32_t used = 0;

	for (uint32_t cpu = 0; cpu < cpus; cpu++) {
		ring_of[cpu] = 0;
		if (online && !online[cpu])
			continue;
		ring_of[cpu] = per_ring ? used / per_ring : 0;
		used++;
	}
	return per_ring ? (used + per_ring - 1) / per_ring : 1;
}

static int make_rings(struct scap_engine *engine, const struct scap_live_options *options, uint32_t **ring_of,
		      struct scap_error *err)
{
	int cpus = libbpf_num_possible_cpus();
	bool *online = NULL;
	uint32_t count;

	if (cpus <= 0)
		return scap_fail(err, SCAP_FAILURE, "number of possible CPUs: %s", strerror(-cpus));
	engine->cpu_count = (uint32_t)cpus;
	*ring_of = calloc((size_t)cpus, sizeof(**ring_of));
	if (options->flags & SCAP_ONLINE_CPUS_ONLY)
		online = scap_online_cpus((uint32_t)cpus);
	if (!*ring_of || (options->flags & SCAP_ONLINE_CPUS_ONLY && !online)) {
		free(online);
		return scap_fail(err, SCAP_FAILURE, "reading the online CPUs: %s", strerror(errno));
	}
	count = assign_rings(*ring_of, engine->cpu_count, options->cpus_per_buffer, online);
	free(online);
	engine->info.rings = count;
	return scap_bpf_rings_open(engine, count, engine->info.ring_bytes, err);
}

struct bpf_object *scap_bpf_open_object(const char *name, const void *bytes, size_t size,
					const char *btf_path, struct scap_bpf_log *log)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = name, .btf_custom_path = btf_path,
		    .kernel_log_buf = log->verifier, .kernel_log_size = sizeof(log->verifier));

	return bpf_object__open_mem(bytes, size, &opts);
}

static struct bpf_object *open_object(const struct scap_live_options *options, struct scap_bpf_log *log,
				      struct scap_engine *engine)
{
	const void *bytes = options->object;
	size_t size = options->object_size;

	if (!bytes)
		bytes = options->flags & SCAP_DEBUG ? scapyard_debug_bpf__elf_bytes(&size)
						    : scapyard_bpf__elf_bytes(&size);
	scap_sha256_hex(bytes, size, engine->info.sha256);
	return scap_bpf_open_object("scapyard", bytes, size, options->btf_path, log);
}

static int resize_map(struct bpf_object *object, const char *name, uint32_t entries, struct scap_error *err)
{
	struct bpf_map *map = bpf_object__find_map_by_name(object, name);

	if (!map || bpf_map__set_max_entries(map, entries))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "the BPF object has no usable map '%s'", name);
	return SCAP_OK;
}

/* In the object, `cpus` and `contexts` hold the rows of one CPU. */
static int size_maps(struct scap_engine *engine, struct scap_error *err)
{
	struct bpf_object *object = engine->object;
	struct bpf_map *contexts = bpf_object__find_map_by_name(object, "contexts");
	struct bpf_map *rings = bpf_object__find_map_by_name(object, "rings");
	uint32_t slots = contexts ? bpf_map__max_entries(contexts) : 0;
	int status = resize_map(object, "cpus", engine->cpu_count, err);

	if (status == SCAP_OK)
		status = resize_map(object, "contexts", engine->cpu_count * slots, err);
	if (status == SCAP_OK)
		status = resize_map(object, "rings", engine->ring_count, err);
	if (status == SCAP_OK && bpf_map__set_inner_map_fd(rings, engine->rings[0].fd))
		status = scap_fail(err, SCAP_FAILURE, "type of the rings: %s", strerror(errno));
	return status;
}

static void *map_map(struct scap_engine *engine, const char *name, size_t *bytes)
{
	struct bpf_map *map = bpf_object__find_map_by_name(engine->object, name);
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *at;

	if (!map)
		return NULL;
	*bytes = ((size_t)bpf_map__max_entries(map) * bpf_map__value_size(map) + page - 1) & ~(page - 1);
	at = mmap(NULL, *bytes, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(map), 0);
	return at == MAP_FAILED ? NULL : at;
}

static int connect_memory(struct scap_engine *engine, const uint32_t *ring_of, struct scap_error *err)
{
	int rings = bpf_object__find_map_fd_by_name(engine->object, "rings");

	/* .data.config: libbpf names the map after the section. */
	engine->config = map_map(engine, ".data.config", &engine->config_bytes);
	engine->cpus = map_map(engine, "cpus", &engine->cpus_bytes);
	if (!engine->config || !engine->cpus)
		return scap_fail(err, SCAP_FAILURE, "mapping the driver's memory: %s", strerror(errno));
	engine->config->page_shift = (uint32_t)__builtin_ctzl((unsigned long)sysconf(_SC_PAGESIZE));
	for (uint32_t i = 0; i < engine->cpu_count; i++)
		engine->cpus[i].ring = ring_of[i];
	for (uint32_t i = 0; i < engine->ring_count; i++)
		if (bpf_map_update_elem(rings, &i, &engine->rings[i].fd, BPF_ANY))
			return scap_fail(err, SCAP_FAILURE, "installing ring %u: %s", i, strerror(errno));
	return SCAP_OK;
}

static uint64_t verified_insns(struct bpf_object *object)
{
	struct bpf_program *program;
	uint64_t sum = 0;

	bpf_object__for_each_program(program, object)
	{
		struct bpf_prog_info info = {0};
		uint32_t size = sizeof(info);

		if (bpf_program__fd(program) >= 0 &&
		    !bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size))
			sum += info.verified_insns;
	}
	return sum;
}

static int load_object(struct scap_engine *engine, const struct scap_live_options *options,
		       struct scap_error *err)
{
	struct scap_bpf_log *log = calloc(1, sizeof(*log));
	int status = SCAP_OK;

	if (!log)
		return scap_fail(err, SCAP_FAILURE, "no memory");
	scap_bpf_log_begin(log);
	engine->object = open_object(options, log, engine);
	if (!engine->object)
		status = scap_fail(err, SCAP_ILLEGAL_INPUT, "not a BPF object: %s", log->last);
	if (status == SCAP_OK)
		status = size_maps(engine, err);
	if (status == SCAP_OK)
		status = scap_bpf_hooks_prepare(engine, err);
	if (status == SCAP_OK && bpf_object__load(engine->object))
		status = scap_bpf_load_failed(errno, log, err);
	scap_bpf_log_end();
	free(log);
	return status;
}

/* The built-in object is of this very build; another one has to tell. */
static int check_versions(struct scap_engine *engine, const struct scap_live_options *options,
			  struct scap_error *err)
{
	struct bpf_versions versions = {.capture_api = CAPTURE_API_VERSION,
					.schema = (uint64_t)SCAP_SCHEMA_VERSION_MAJOR << 44 |
						  (uint64_t)SCAP_SCHEMA_VERSION_MINOR << 24 |
						  SCAP_SCHEMA_VERSION_PATCH};
	int status = SCAP_OK;

	if (options->object)
		status = bpf_versions_check(options->object, options->object_size, &versions, err);
	engine->info.api_version = versions.capture_api;
	engine->info.schema_version = versions.schema;
	return status;
}

static void fill_info(struct scap_engine *engine, const struct scap_live_options *options, uint64_t load_ns)
{
	static const char *const kinds[] = {
	    [SCAP_ATTACH_RAW_TP] = "raw_tp", [SCAP_ATTACH_TP] = "tp", [SCAP_ATTACH_TP_BTF] = "tp_btf"};

	snprintf(engine->info.engine, sizeof(engine->info.engine), "modern_bpf");
	snprintf(engine->info.attach, sizeof(engine->info.attach), "%s", kinds[engine->attach]);
	snprintf(engine->info.btf, sizeof(engine->info.btf), "%s", options->btf_path ? "file" : "kernel");
	engine->info.verified_insns = verified_insns(engine->object);
	engine->info.load_ns = load_ns;
}

int scap_bpf_load(struct scap_engine *engine, const struct scap_live_options *options, struct scap_error *err)
{
	uint64_t start = clock_ns(CLOCK_MONOTONIC);
	uint32_t *ring_of = NULL;
	int status = check_versions(engine, options, err);

	if (status == SCAP_OK)
		status = check_kernel(options, err);
	engine->attach = options->attach;
	if (status == SCAP_OK && options->attach > SCAP_ATTACH_TP_BTF)
		status = scap_fail(err, SCAP_ILLEGAL_INPUT, "attach kind %u is unknown", options->attach);
	if (status == SCAP_OK && options->attach == SCAP_ATTACH_PROBE)
		status = scap_bpf_probe_attach(options, &engine->attach, err);
	if (status == SCAP_OK)
		status = make_rings(engine, options, &ring_of, err);
	if (status == SCAP_OK)
		status = load_object(engine, options, err);
	if (status == SCAP_OK)
		status = connect_memory(engine, ring_of, err);
	free(ring_of);
	if (status == SCAP_OK)
		fill_info(engine, options, clock_ns(CLOCK_MONOTONIC) - start);
	return status;
}

void scap_bpf_unload(struct scap_engine *engine)
{
	scap_bpf_hooks_detach(engine);
	if (engine->config)
		munmap(engine->config, engine->config_bytes);
	if (engine->cpus)
		munmap(engine->cpus, engine->cpus_bytes);
	bpf_object__close(engine->object);
}
