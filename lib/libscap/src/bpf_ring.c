/* SPDX-License-Identifier: Apache-2.0 */
/* A record of a BPF ring buffer: u32 length with two flag bits, u32 page offset, the bytes, padded to 8. */
#include "bpf_ring.h"

#include "../../../drivers/bpf/shared.h"

#define RECORD_BUSY    (1u << 31)
#define RECORD_DISCARD (1u << 30)
#define RECORD_HEADER  8

static uint32_t record_size(uint32_t length)
{
	return (length + RECORD_HEADER + 7) & ~7u;
}

const struct scap_event *bpf_ring_peek(struct bpf_ring *ring, uint16_t *cpu)
{
	unsigned long at = *ring->consumer;

	while (at < __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE)) {
		const uint8_t *record = ring->data + (at & (ring->size - 1));
		uint32_t length = __atomic_load_n((const uint32_t *)record, __ATOMIC_ACQUIRE);
		const struct bpf_ring_prefix *prefix = (const void *)(record + RECORD_HEADER);

		if (length & RECORD_BUSY)
			return NULL;
		if (!(length & RECORD_DISCARD)) {
			ring->pending = record_size(length);
			*cpu = (uint16_t)prefix->cpu;
			return (const void *)(prefix + 1);
		}
		at += record_size(length & ~RECORD_DISCARD);
		__atomic_store_n(ring->consumer, at, __ATOMIC_RELEASE);
	}
	return NULL;
}

void bpf_ring_consume(struct bpf_ring *ring)
{
	__atomic_store_n(ring->consumer, *ring->consumer + ring->pending, __ATOMIC_RELEASE);
	ring->pending = 0;
}

void bpf_ring_clear(struct bpf_ring *ring)
{
	uint16_t cpu;

	while (bpf_ring_peek(ring, &cpu))
		bpf_ring_consume(ring);
}
