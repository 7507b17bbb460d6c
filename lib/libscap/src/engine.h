/* SPDX-License-Identifier: Apache-2.0 */
/* What a live engine gives to the rest of libscap: rings to walk, controls to set, counters to read. */
#ifndef SCAP_ENGINE_H
#define SCAP_ENGINE_H

#include "../../../drivers/capture/abi.h"
#include "scap.h"

struct scap_engine; /* private to each engine */

/* 0 while the kernel does not measure (sysctl kernel.bpf_stats_enabled). */
struct engine_program {
	char name[64];
	uint64_t runs;
	uint64_t ns;
};

/* All functions are called from one thread. Those that fail write why into `err`. */
struct scap_engine_ops {
	const char *name;
	int (*open)(const struct scap_live_options *options, struct scap_engine **out,
		    struct scap_error *err);
	void (*close)(struct scap_engine *engine);

	/* How many there are now. It may grow: CPUs can come that had none. */
	int (*rings)(struct scap_engine *engine, uint32_t *count, struct scap_error *err);
	/* The next unread event of a ring, or NULL. Valid until consume() on that ring. Within a ring, events
	 * come in the order in which they were put there. */
	const struct scap_event *(*peek)(struct scap_engine *engine, uint32_t ring, uint16_t *cpu);
	void (*consume)(struct scap_engine *engine, uint32_t ring);

	int (*start)(struct scap_engine *engine, struct scap_error *err);
	/* Returns when no hook can add an event any more: the reader then drains the rings. */
	int (*stop)(struct scap_engine *engine, struct scap_error *err);
	int (*reset)(struct scap_engine *engine, struct scap_error *err);
	/* Everything but enabled, page_shift and boot_offset_ns, which are the engine's. Called once before
	 * anything is started. */
	int (*configure)(struct scap_engine *engine, const struct capture_config *config,
			 struct scap_error *err);
	uint32_t (*cpus)(struct scap_engine *engine); /* their numbers are below this */
	/* SCAP_NOT_FOUND: there is no CPU of that number. */
	int (*counters)(struct scap_engine *engine, uint32_t cpu, struct capture_counters *out,
			struct scap_error *err);
	/* Hook runs that the kernel skipped, beyond what `lost_busy` counts. NULL: it skips none. */
	uint64_t (*skipped)(struct scap_engine *engine);
	/* How often the hook program of that number ran, and how long. SCAP_NOT_FOUND beyond the last one.
	 * NULL: there are no such programs. */
	int (*program)(struct scap_engine *engine, uint32_t number, struct engine_program *out);
	int (*driver_info)(struct scap_engine *engine, struct scap_driver_info *out, struct scap_error *err);
};

extern const struct scap_engine_ops scap_engine_modern_bpf;
extern const struct scap_engine_ops scap_engine_kmod;
extern const struct scap_engine_ops scap_engine_nodriver;

#endif
