/* SPDX-License-Identifier: Apache-2.0 */
/* A live capture: an engine, and its rings merged. */
#ifndef SCAP_LIVE_H
#define SCAP_LIVE_H

#include "engine.h"
#include "frame.h"

struct live;

/* The engine of that name in this build, or NULL. */
const struct scap_engine_ops *engine_find(const char *name);
/* The names in this build, for messages: "modern_bpf, kmod, nodriver". */
const char *engine_names(void);

/* `options` is what the caller of scap_open_live() gave: its `size` field counts. */
int live_open(const struct scap_engine_ops *ops, const struct scap_live_options *options, struct live **out,
	      struct scap_error *err);
void live_close(struct live *live);

/* SCAP_TIMEOUT: nothing (more) to show now. */
int live_peek(struct live *live, struct scap_item *item, struct scap_error *err);
void live_consume(struct live *live);

int live_start(struct live *live, struct scap_error *err);
int live_stop(struct live *live, struct scap_error *err);
int live_reset(struct live *live, struct scap_error *err);
/* The settings as the driver has them, and other ones, which count only if the driver takes them. */
const struct capture_config *live_config(const struct live *live);
int live_configure(struct live *live, const struct capture_config *config, struct scap_error *err);

uint64_t live_read(const struct live *live); /* events */
uint64_t live_late(const struct live *live);
int live_stats(struct live *live, struct scap_stats *out, struct scap_error *err);
int live_losses(struct live *live, struct scap_losses *out, struct scap_error *err);
/* *out is the caller's to free; NULL if there are none. */
int live_metrics(struct live *live, uint32_t flags, struct scap_metric **out, size_t *count,
		 struct scap_error *err);

const struct scap_engine_ops *live_ops(const struct live *live);
struct scap_engine *live_engine(const struct live *live);

#endif
