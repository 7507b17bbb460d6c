/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the kmod engine: the module and its device (_module.c), rings (_ring.c), control (.c). */
#ifndef SCAP_ENGINE_KMOD_H
#define SCAP_ENGINE_KMOD_H

#include <stdbool.h>

#include "../../../drivers/kmod/device_abi.h"
#include "engine.h"
#include "error.h"

/* One ring of the module, mapped. Positions count bytes since it was made or reset. */
struct kmod_ring {
	struct scapyard_consumer_page *consumer;
	const struct scapyard_producer_page *producer; /* the data follows one page behind */
	const uint8_t *data;			       /* mapped twice in a row, so that no event is split */
	uint64_t size;
	uint64_t read;	  /* events before it have been consumed */
	uint64_t written; /* as last seen: never behind the truth by more than one look */
};

struct scap_engine {
	int device;		      /* -1: not open */
	bool inserted;		      /* by us, so ours to remove */
	struct capture_config config; /* as the module has it */
	struct kmod_ring *rings;
	uint32_t ring_count;
	uint32_t cpu_ids; /* CPU numbers are below this */
	struct scap_driver_info info;
};

/* Insert the module if it is not there, open the device, compare versions. Fills device, inserted and info.
 */
int scap_kmod_attach(struct scap_engine *engine, const struct scap_live_options *options,
		     struct scap_error *err);
/* Close the device; remove the module if scap_kmod_attach() inserted it. */
void scap_kmod_detach(struct scap_engine *engine);

/* Map the rings that SCAPYARD_IOC_SETUP made. */
int scap_kmod_rings_open(struct scap_engine *engine, struct scap_error *err);
void scap_kmod_rings_close(struct scap_engine *engine);
const struct scap_event *scap_kmod_ring_peek(struct kmod_ring *ring);
void scap_kmod_ring_consume(struct kmod_ring *ring);

#endif
