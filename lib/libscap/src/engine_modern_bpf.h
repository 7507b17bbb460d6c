/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the modern_bpf engine: loading (_load.c), rings (_ring.c), control (.c). */
#ifndef SCAP_ENGINE_MODERN_BPF_H
#define SCAP_ENGINE_MODERN_BPF_H

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "../../../drivers/bpf/shared.h"
#include "bpf_ring.h"
#include "engine.h"
#include "error.h"

/* A tracepoint and the program for it. sys_enter and sys_exit have a second program for trace events
 * (SCAP_ATTACH_TP). */
struct bpf_hook {
	const char *tracepoint;
	const char *program;
	const char *tp_program; /* NULL: always a raw tracepoint */
	uint16_t sc[6]; /* attached while any of these PPM_SC is of interest; 0 ends the list; none: always */
};
extern const struct bpf_hook scap_bpf_hooks[]; /* ends with tracepoint NULL */
#define BPF_HOOKS_MAX 16

struct scap_engine {
	struct bpf_object *object;
	struct bpf_link *links[BPF_HOOKS_MAX]; /* by index in scap_bpf_hooks; NULL: not attached */
	struct capture_config *config;	       /* mapped */
	struct bpf_cpu *cpus;		       /* mapped, cpu_count rows */
	size_t config_bytes, cpus_bytes;
	uint32_t cpu_count; /* possible CPUs */
	struct bpf_ring *rings;
	uint32_t ring_count;
	enum scap_attach attach;
	uint64_t recursion_base; /* recursion_misses at the last reset */
	struct scap_driver_info info;
};

/* Make and map `count` rings; fds are in engine->rings[]. */
int scap_bpf_rings_open(struct scap_engine *engine, uint32_t count, size_t bytes, struct scap_error *err);
void scap_bpf_rings_close(struct scap_engine *engine);

/* Make the rings, open and load the object; fills engine->object, config, cpus and info. */
int scap_bpf_load(struct scap_engine *engine, const struct scap_live_options *options,
		  struct scap_error *err);
void scap_bpf_unload(struct scap_engine *engine);
/* Attach and detach hooks so that they fit engine->config->interest. */
int scap_bpf_hooks_update(struct scap_engine *engine, bool missing_is_error, struct scap_error *err);
void scap_bpf_hooks_detach(struct scap_engine *engine);
/* Give every program the type that the attach kind needs, and choose which ones are loaded. Before loading.
 */
int scap_bpf_hooks_prepare(struct scap_engine *engine, struct scap_error *err);
/* Runs of attached programs that the kernel skipped, by its own count (Linux >= 5.12; else 0). */
uint64_t scap_bpf_recursion_misses(struct scap_engine *engine);
/* Of the hook programs that are loaded, as engine.h says. */
int scap_bpf_program_runs(struct scap_engine *engine, uint32_t number, struct engine_program *out);

/* libbpf's and the verifier's words during a load. */
struct scap_bpf_log {
	char verifier[64 * 1024];
	char last[512];	  /* libbpf's last warning */
	char program[64]; /* the last one that a warning was about */
};
/* "verifier: …", "lockdown: …" and so on, from errno and the log. Returns SCAP_NOT_SUPPORTED or SCAP_FAILURE.
 */
int scap_bpf_load_failed(int error, const struct scap_bpf_log *log, struct scap_error *err);
/* libbpf's warnings go to log->last until scap_bpf_log_end(). */
void scap_bpf_log_begin(struct scap_bpf_log *log);
void scap_bpf_log_end(void);

/* SCAP_ATTACH_RAW_TP or SCAP_ATTACH_TP, by running a program that looks at its own preempt_count. */
int scap_bpf_probe_attach(const struct scap_live_options *options, enum scap_attach *attach,
			  struct scap_error *err);

/* Not loaded yet; the verifier's words go to `log` then. NULL: log->last says why. */
struct bpf_object *scap_bpf_open_object(const char *name, const void *bytes, size_t size,
					const char *btf_path, struct scap_bpf_log *log);

#endif
