/* SPDX-License-Identifier: Apache-2.0 */
/* Making and mapping the BPF ring buffers of the modern_bpf engine. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "engine_modern_bpf.h"

static int ring_open(struct bpf_ring *ring, size_t bytes, struct scap_error *err)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *map;

	ring->size = bytes;
	ring->fd = bpf_map_create(BPF_MAP_TYPE_RINGBUF, "scap_ring", 0, 0, (uint32_t)bytes, NULL);
	if (ring->fd < 0)
		return scap_fail(err, SCAP_FAILURE, "ring buffer of %zu bytes: %s", bytes, strerror(errno));
	map = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
	if (map == MAP_FAILED)
		return scap_fail(err, SCAP_FAILURE, "mapping a ring's consumer page: %s", strerror(errno));
	ring->consumer = map;
	map = mmap(NULL, page + 2 * bytes, PROT_READ, MAP_SHARED, ring->fd, (off_t)page);
	if (map == MAP_FAILED)
		return scap_fail(err, SCAP_FAILURE, "mapping a ring's data: %s", strerror(errno));
	ring->producer = map;
	ring->data = (const uint8_t *)map + page;
	return SCAP_OK;
}

static void ring_close(struct bpf_ring *ring)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	if (ring->consumer)
		munmap(ring->consumer, page);
	if (ring->producer)
		munmap((void *)ring->producer, page + 2 * ring->size);
	if (ring->fd >= 0)
		close(ring->fd);
}

int scap_bpf_rings_open(struct scap_engine *engine, uint32_t count, size_t bytes, struct scap_error *err)
{
	engine->rings = calloc(count, sizeof(*engine->rings));
	if (!engine->rings)
		return scap_fail(err, SCAP_FAILURE, "no memory for %u rings", count);
	engine->ring_count = count;
	for (uint32_t i = 0; i < count; i++)
		engine->rings[i].fd = -1;
	for (uint32_t i = 0; i < count; i++) {
		int status = ring_open(&engine->rings[i], bytes, err);

		if (status != SCAP_OK)
			return status;
	}
	return SCAP_OK;
}

void scap_bpf_rings_close(struct scap_engine *engine)
{
	for (uint32_t i = 0; i < engine->ring_count; i++)
		ring_close(&engine->rings[i]);
	free(engine->rings);
	engine->rings = NULL;
	engine->ring_count = 0;
}
