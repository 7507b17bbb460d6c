/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One BPF ring buffer, read in place: libbpf's own reader wants a callback and an epoll; here the engine
 * asks. The kernel maps a page with the consumer position, a page with the producer position, and the data
 * twice in a row (kernel/bpf/ringbuf.c), so that no record is split. Positions count bytes since the ring was
 * made.
 */
#ifndef SCAP_BPF_RING_H
#define SCAP_BPF_RING_H

#include <stddef.h>
#include <stdint.h>

#include "scap.h"

struct bpf_ring {
	unsigned long *consumer;
	const unsigned long *producer;
	const uint8_t *data;
	size_t size;	  /* a power of two */
	uint32_t pending; /* bytes of the record that bpf_ring_peek() returned */
	int fd;
};

/* The oldest unread event and the CPU that recorded it; NULL if there is none, or if it is still being
 * written. Valid until bpf_ring_consume(). */
const struct scap_event *bpf_ring_peek(struct bpf_ring *ring, uint16_t *cpu);
void bpf_ring_consume(struct bpf_ring *ring);
/* Forget everything unread. */
void bpf_ring_clear(struct bpf_ring *ring);

#endif
