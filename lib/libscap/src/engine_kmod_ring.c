/* SPDX-License-Identifier: Apache-2.0 */
/* The module's rings: whole events one after the other, each at a multiple of SCAPYARD_EVENT_ALIGN. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine_kmod.h"

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* What the second mapping covers: producer page, data, data again. */
static size_t shared_bytes(uint64_t size)
{
	return page_size() + 2 * size;
}

static int map_ring(struct scap_engine *engine, uint32_t index, struct scap_error *err)
{
	struct kmod_ring *ring = &engine->rings[index];
	size_t page = page_size(), shared = shared_bytes(engine->info.ring_bytes);
	off_t offset = (off_t)index * (off_t)(page + shared);
	void *consumer, *producer;

	consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, engine->device, offset);
	if (consumer == MAP_FAILED)
		return scap_fail(err, SCAP_FAILURE, "kmod: mmap of ring %u: %s", index, strerror(errno));
	ring->consumer = consumer;
	producer = mmap(NULL, shared, PROT_READ, MAP_SHARED, engine->device, offset + (off_t)page);
	if (producer == MAP_FAILED)
		return scap_fail(err, SCAP_FAILURE, "kmod: mmap of %zu bytes of ring %u: %s", shared, index,
				 strerror(errno));
	ring->producer = producer;
	ring->data = (const uint8_t *)producer + page;
	ring->size = engine->info.ring_bytes;
	return SCAP_OK;
}

int scap_kmod_rings_open(struct scap_engine *engine, struct scap_error *err)
{
	engine->rings = calloc(engine->ring_count, sizeof(*engine->rings));
	if (!engine->rings)
		return scap_fail(err, SCAP_FAILURE, "kmod: no memory for %u rings", engine->ring_count);
	for (uint32_t i = 0; i < engine->ring_count; i++) {
		int status = map_ring(engine, i, err);

		if (status != SCAP_OK)
			return status;
	}
	return SCAP_OK;
}

void scap_kmod_rings_close(struct scap_engine *engine)
{
	for (uint32_t i = 0; engine->rings && i < engine->ring_count; i++) {
		struct kmod_ring *ring = &engine->rings[i];

		if (ring->consumer)
			munmap(ring->consumer, page_size());
		if (ring->producer)
			munmap((void *)ring->producer, shared_bytes(ring->size));
	}
	free(engine->rings);
	engine->rings = NULL;
}

static const struct scap_event *event_at(const struct kmod_ring *ring, uint64_t position)
{
	return (const struct scap_event *)(ring->data + (position & (ring->size - 1)));
}

const struct scap_event *scap_kmod_ring_peek(struct kmod_ring *ring)
{
	if (ring->read == ring->written)
		ring->written = __atomic_load_n(&ring->producer->position, __ATOMIC_ACQUIRE);
	return ring->read == ring->written ? NULL : event_at(ring, ring->read);
}

void scap_kmod_ring_consume(struct kmod_ring *ring)
{
	uint64_t len = event_at(ring, ring->read)->len;

	ring->read += (len + SCAPYARD_EVENT_ALIGN - 1) & ~(uint64_t)(SCAPYARD_EVENT_ALIGN - 1);
	__atomic_store_n(&ring->consumer->position, ring->read, __ATOMIC_RELEASE);
}
