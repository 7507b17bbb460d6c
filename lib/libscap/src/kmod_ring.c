/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kmod_ring.h"

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* What the second mapping covers: producer page, data, data again. */
static size_t shared_bytes(uint64_t size)
{
	return page_size() + 2 * size;
}

int kmod_ring_open(struct kmod_ring *ring, int device, uint32_t index, uint64_t size, struct scap_error *err)
{
	size_t page = page_size(), shared = shared_bytes(size);
	off_t offset = (off_t)index * (off_t)(page + shared);
	void *consumer, *producer;

	ring->size = size;
	consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, device, offset);
	if (consumer == MAP_FAILED)
		return scap_fail(err, SCAP_FAILURE, "kmod: mmap of ring %u: %s", index, strerror(errno));
	ring->consumer = consumer;
	producer = mmap(NULL, shared, PROT_READ, MAP_SHARED, device, offset + (off_t)page);
	if (producer == MAP_FAILED)
		return scap_fail(err, SCAP_FAILURE, "kmod: mmap of %zu bytes of ring %u: %s", shared, index,
				 strerror(errno));
	ring->producer = producer;
	ring->data = (const uint8_t *)producer + page;
	return SCAP_OK;
}

void kmod_ring_close(struct kmod_ring *ring)
{
	if (ring->consumer)
		munmap(ring->consumer, page_size());
	if (ring->producer)
		munmap((void *)ring->producer, shared_bytes(ring->size));
}

static const struct scap_event *event_at(const struct kmod_ring *ring, uint64_t position)
{
	return (const struct scap_event *)(ring->data + (position & (ring->size - 1)));
}

const struct scap_event *kmod_ring_peek(struct kmod_ring *ring)
{
	if (ring->read == ring->written)
		ring->written = __atomic_load_n(&ring->producer->position, __ATOMIC_ACQUIRE);
	return ring->read == ring->written ? NULL : event_at(ring, ring->read);
}

void kmod_ring_consume(struct kmod_ring *ring)
{
	uint64_t len = event_at(ring, ring->read)->len;

	ring->read += (len + SCAPYARD_EVENT_ALIGN - 1) & ~(uint64_t)(SCAPYARD_EVENT_ALIGN - 1);
	__atomic_store_n(&ring->consumer->position, ring->read, __ATOMIC_RELEASE);
}

void kmod_ring_clear(struct kmod_ring *ring)
{
	ring->read = ring->written = 0;
}
