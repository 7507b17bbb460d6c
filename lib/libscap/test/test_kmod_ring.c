/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a ring of the kernel module: order, gaps between events, the end of the data, what the producer is
 * told. */
#include <string.h>

#include "../src/kmod_ring.h"
#include "tap.h"

#define SIZE 256

static uint8_t data[2 * SIZE] __attribute__((aligned(8)));
static struct scapyard_consumer_page consumer;
static struct scapyard_producer_page producer;

static struct kmod_ring open_ring(void)
{
	memset(data, 0xee, sizeof(data));
	consumer.position = producer.position = 0;
	return (struct kmod_ring){.consumer = &consumer, .producer = &producer, .data = data, .size = SIZE};
}

/* What the module does: an event of `extra` bytes of data at the position, seen in both mappings. */
static void produce(uint64_t tid, uint32_t extra)
{
	struct scap_event event = {.tid = tid, .len = (uint32_t)sizeof(event) + extra};

	for (size_t i = 0; i < event.len; i++) {
		size_t at = (producer.position + i) % SIZE;

		data[at] = data[at + SIZE] = i < sizeof(event) ? ((const uint8_t *)&event)[i] : (uint8_t)tid;
	}
	producer.position += (event.len + 7) & ~7u;
}

static void check_next(struct kmod_ring *ring, uint64_t tid, uint32_t extra)
{
	const struct scap_event *event = kmod_ring_peek(ring);

	CHECK(event != NULL);
	if (!event)
		return;
	CHECK(kmod_ring_peek(ring) == event);
	CHECK_EQ(event->tid, tid);
	CHECK_EQ(event->len, sizeof(*event) + extra);
	for (uint32_t i = 0; i < extra; i++)
		CHECK_EQ(((const uint8_t *)(event + 1))[i], (uint8_t)tid);
	kmod_ring_consume(ring);
}

static void keeps_order(void)
{
	struct kmod_ring ring = open_ring();

	CHECK(kmod_ring_peek(&ring) == NULL);
	for (uint64_t tid = 1; tid <= 5; tid++)
		produce(tid, (uint32_t)tid);
	for (uint64_t tid = 1; tid <= 5; tid++)
		check_next(&ring, tid, (uint32_t)tid);
	CHECK(kmod_ring_peek(&ring) == NULL);
	CHECK_EQ(consumer.position, producer.position);
}

static void goes_round(void)
{
	struct kmod_ring ring = open_ring();

	for (uint64_t tid = 0; tid < 100; tid++) {
		produce(tid, (uint32_t)tid);
		check_next(&ring, tid, (uint32_t)tid);
		CHECK_EQ(consumer.position, producer.position);
	}
	CHECK(consumer.position > 10 * SIZE);
}

static void space_returns_with_each_event(void)
{
	struct kmod_ring ring = open_ring();

	produce(1, 6);
	produce(2, 0);
	check_next(&ring, 1, 6);
	CHECK_EQ(consumer.position, 32);
}

static void starts_anew_after_clear(void)
{
	struct kmod_ring ring = open_ring();

	produce(1, 0);
	check_next(&ring, 1, 0);
	consumer.position = producer.position = 0;
	kmod_ring_clear(&ring);
	CHECK(kmod_ring_peek(&ring) == NULL);
	produce(2, 0);
	check_next(&ring, 2, 0);
}

int main(void)
{
	TEST(keeps_order);
	TEST(goes_round);
	TEST(space_returns_with_each_event);
	TEST(starts_anew_after_clear);
	return tap_end();
}
