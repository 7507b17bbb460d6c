/* SPDX-License-Identifier: Apache-2.0 */
/* The module's rings: whole events one after the other, each at a multiple of SCAPYARD_EVENT_ALIGN. */
#ifndef SCAP_KMOD_RING_H
#define SCAP_KMOD_RING_H

#include "../../../drivers/kmod/device_abi.h"
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

/* Map ring `index` of the device, whose rings have `size` bytes. On failure what is mapped is in *ring, for
 * close. */
int kmod_ring_open(struct kmod_ring *ring, int device, uint32_t index, uint64_t size, struct scap_error *err);
void kmod_ring_close(struct kmod_ring *ring);
/* The first unread event, or NULL. */
const struct scap_event *kmod_ring_peek(struct kmod_ring *ring);
/* Done with the event that kmod_ring_peek() returned. */
void kmod_ring_consume(struct kmod_ring *ring);
/* The module has emptied its side. */
void kmod_ring_clear(struct kmod_ring *ring);

#endif
