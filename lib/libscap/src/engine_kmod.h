/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of the kmod engine: the module and its device (_module.c), control (.c); kmod_ring.h has the
 * rings. */
#ifndef SCAP_ENGINE_KMOD_H
#define SCAP_ENGINE_KMOD_H

#include <stdbool.h>

#include "engine.h"
#include "error.h"
#include "kmod_ring.h"

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

#endif
