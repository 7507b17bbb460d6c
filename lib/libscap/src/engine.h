/* SPDX-License-Identifier: Apache-2.0 */
/* What a live engine gives to the rest of libscap: rings to walk, controls to set, counters to read. */
#ifndef SCAP_ENGINE_H
#define SCAP_ENGINE_H

#include "scap.h"

struct scap_engine; /* private to each engine */

/* All functions are called from one thread. Those that fail write why into `err`. */
struct scap_engine_ops {
	const char *name;
	int (*open)(const struct scap_live_options *options, struct scap_engine **out,
		    struct scap_error *err);
	void (*close)(struct scap_engine *engine);

	uint32_t (*rings)(struct scap_engine *engine);
	/* The next unread event of a ring, or NULL. Valid until consume() on that ring. Within a ring, events
	 * come in the order in which they were put there. */
	const struct scap_event *(*peek)(struct scap_engine *engine, uint32_t ring, uint16_t *cpu);
	void (*consume)(struct scap_engine *engine, uint32_t ring);

	int (*start)(struct scap_engine *engine, struct scap_error *err);
	/* Returns when no hook can add an event any more: the reader then drains the rings. */
	int (*stop)(struct scap_engine *engine, struct scap_error *err);
	int (*reset)(struct scap_engine *engine, struct scap_error *err);
	int (*set_interest)(struct scap_engine *engine, const uint8_t *interest, struct scap_error *err);
	int (*set_snaplen)(struct scap_engine *engine, uint32_t snaplen, struct scap_error *err);
	int (*set_scope)(struct scap_engine *engine, uint64_t cgroup_id, struct scap_error *err);
	int (*set_drop_failed)(struct scap_engine *engine, int on, struct scap_error *err);
	int (*set_sampling)(struct scap_engine *engine, uint32_t ratio, struct scap_error *err);
	/* Everything but `read` and `late`, which are counted above the engine. */
	int (*stats)(struct scap_engine *engine, struct scap_stats *out, struct scap_error *err);
	int (*driver_info)(struct scap_engine *engine, struct scap_driver_info *out, struct scap_error *err);
};

extern const struct scap_engine_ops scap_engine_modern_bpf;
extern const struct scap_engine_ops scap_engine_kmod;
extern const struct scap_engine_ops scap_engine_nodriver;

#endif
