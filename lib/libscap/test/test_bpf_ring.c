/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a BPF ring buffer: order, records in progress and discarded ones, the end of the buffer. */
#include <string.h>

#include "../../../drivers/bpf/shared.h"
#include "../src/bpf_ring.h"
#include "tap.h"

#define SIZE	256
#define BUSY	(1u << 31)
#define DISCARD (1u << 30)

static uint8_t data[2 * SIZE] __attribute__((aligned(8)));
static unsigned long consumer, producer;

static struct bpf_ring open_ring(unsigned long start)
{
	memset(data, 0xee, sizeof(data));
	consumer = producer = start;
	return (struct bpf_ring){.consumer = &consumer, .producer = &producer, .data = data, .size = SIZE};
}

/* What the kernel does: the record lies at the producer position, in both mappings. */
static void produce(uint32_t cpu, uint64_t tid, uint32_t flags)
{
	struct bpf_ring_prefix prefix = {.cpu = cpu};
	struct scap_event event = {.tid = tid, .len = sizeof(event)};
	uint8_t record[8 + sizeof(prefix) + sizeof(event)] = {0};
	uint32_t length = (uint32_t)(sizeof(prefix) + sizeof(event)) | flags;

	memcpy(record, &length, sizeof(length));
	memcpy(record + 8, &prefix, sizeof(prefix));
	memcpy(record + 8 + sizeof(prefix), &event, sizeof(event));
	for (size_t i = 0; i < sizeof(record); i++) {
		size_t at = (producer + i) % SIZE;

		data[at] = data[at + SIZE] = record[i];
	}
	producer += (sizeof(record) + 7) & ~7ul;
}

static void check_next(struct bpf_ring *ring, uint16_t cpu, uint64_t tid)
{
	uint16_t got_cpu = 0;
	const struct scap_event *event = bpf_ring_peek(ring, &got_cpu);

	CHECK(event != NULL);
	if (!event)
		return;
	CHECK_EQ(event->tid, tid);
	CHECK_EQ(got_cpu, cpu);
	bpf_ring_consume(ring);
}

static void keeps_order(void)
{
	struct bpf_ring ring = open_ring(0);
	uint16_t cpu;

	CHECK(bpf_ring_peek(&ring, &cpu) == NULL);
	produce(3, 100, 0);
	produce(4, 101, 0);
	check_next(&ring, 3, 100);
	check_next(&ring, 4, 101);
	CHECK(bpf_ring_peek(&ring, &cpu) == NULL);
	CHECK_EQ(consumer, producer);
}

static void peek_repeats(void)
{
	struct bpf_ring ring = open_ring(0);
	uint16_t cpu;

	produce(0, 1, 0);
	produce(0, 2, 0);
	CHECK(bpf_ring_peek(&ring, &cpu) == bpf_ring_peek(&ring, &cpu));
	check_next(&ring, 0, 1);
}

/* A record in progress hides those behind it: order is kept. */
static void waits_for_a_record_in_progress(void)
{
	struct bpf_ring ring = open_ring(0);
	uint32_t length;
	uint16_t cpu;

	produce(0, 1, BUSY);
	produce(0, 2, 0);
	CHECK(bpf_ring_peek(&ring, &cpu) == NULL);
	memcpy(&length, data, sizeof(length));
	length &= ~BUSY;
	memcpy(data, &length, sizeof(length));
	check_next(&ring, 0, 1);
	check_next(&ring, 0, 2);
}

static void skips_discarded(void)
{
	struct bpf_ring ring = open_ring(0);
	uint16_t cpu;

	produce(0, 1, DISCARD);
	produce(0, 2, 0);
	produce(0, 3, DISCARD);
	check_next(&ring, 0, 2);
	CHECK(bpf_ring_peek(&ring, &cpu) == NULL);
	CHECK_EQ(consumer, producer);
}

static void goes_round(void)
{
	struct bpf_ring ring = open_ring(SIZE - 24);

	for (uint64_t tid = 0; tid < 50; tid++) {
		produce(1, tid, 0);
		check_next(&ring, 1, tid);
	}
	CHECK(consumer > 2 * SIZE);
}

static void forgets(void)
{
	struct bpf_ring ring = open_ring(0);
	uint16_t cpu;

	produce(0, 1, 0);
	produce(0, 2, 0);
	bpf_ring_clear(&ring);
	CHECK(bpf_ring_peek(&ring, &cpu) == NULL);
	produce(0, 3, 0);
	check_next(&ring, 0, 3);
}

int main(void)
{
	TEST(keeps_order);
	TEST(peek_repeats);
	TEST(waits_for_a_record_in_progress);
	TEST(skips_discarded);
	TEST(goes_round);
	TEST(forgets);
	return tap_end();
}
