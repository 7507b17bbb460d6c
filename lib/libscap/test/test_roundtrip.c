/* SPDX-License-Identifier: Apache-2.0 */
/* What is written is read back equal. */
#include <stdlib.h>

#include "make.h"
#include "scap_schema.h"
#include "tap.h"

static void check_roundtrip(uint32_t events, uint32_t writer_flags)
{
	struct rng rng = {7};
	struct bytes file = make_file(events, writer_flags, rng.state);
	uint8_t frame[FRAME_ROOM];
	const struct scap_event *event;
	struct scap_error err;
	struct scap *scap;
	uint32_t flags;
	uint16_t cpu;

	CHECK_EQ(scap_open_memory(file.data, file.size, &scap, &err), SCAP_OK);
	CHECK_EQ(scap_set_raw(scap, 1), SCAP_OK); /* random events are of all ages */
	for (uint32_t i = 0; i < events; i++) { /* the same random numbers as make_file() */
		uint16_t type = i % 7 == 6 ? PPME_ASYNCEVENT_E : (uint16_t)rng_below(&rng, 300);
		uint32_t count = rng_below(&rng, 6);
		struct scap_event *want = make_frame(frame, 1000 + i, type, count, &rng);

		CHECK_EQ(scap_next(scap, &event, &cpu, &flags), SCAP_OK);
		CHECK_EQ(event->len, want->len);
		CHECK(memcmp(event, want, want->len) == 0);
		CHECK_EQ(cpu, i % 4);
		CHECK_EQ(flags, i % 3 == 2);
	}
	CHECK_EQ(scap_next(scap, &event, &cpu, &flags), SCAP_EOF);
	CHECK_EQ(scap_next(scap, &event, &cpu, &flags), SCAP_EOF);
	scap_close(scap);
	free(file.data);
}

static void plain_memory(void)
{
	check_roundtrip(500, 0);
}

static void gzip_memory(void)
{
	check_roundtrip(500, SCAP_WRITE_GZIP);
}

/* More than one window of the reader. */
static void gzip_of_many_events(void)
{
	check_roundtrip(20000, SCAP_WRITE_GZIP);
}

static void no_events_at_all(void)
{
	check_roundtrip(0, 0);
	CHECK_STILL_OK;
	check_roundtrip(0, SCAP_WRITE_GZIP);
}

static void machine_info_comes_back(void)
{
	struct scap_machine_info want = {
	    .num_cpus = 3, .memory_bytes = 1ull << 40, .max_pid = 99, .boot_ts_ns = 5, .flags = 6};
	struct scap_machine_info got;
	struct scap_writer *writer;
	struct scap *scap;
	const void *data;
	size_t size;

	memset(want.hostname, 'h', sizeof(want.hostname) - 1);
	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_machine_info(writer, &want), SCAP_OK);
	CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
	CHECK_EQ(size, 28 + 192);
	CHECK_EQ(scap_open_memory(data, size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_machine_info(scap, &got), SCAP_OK);
	CHECK(memcmp(&got, &want, sizeof(want)) == 0);
	scap_close(scap);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
}

static void file_without_machine_info(void)
{
	struct scap_machine_info info;
	struct bytes file = {0};
	struct scap *scap;

	bytes_add_section(&file);
	CHECK_EQ(scap_open_memory(file.data, file.size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_machine_info(scap, &info), SCAP_NOT_FOUND);
	scap_close(scap);
	free(file.data);
}

static void an_event_above_64_KiB(void)
{
	struct bytes frame = {0};
	struct scap_event header = {.ts = 1, .tid = 2, .type = PPME_PLUGINEVENT_E, .nparams = 2};
	static uint8_t data[200000];
	const struct scap_event *event;
	struct scap_writer *writer;
	struct scap *scap;
	const void *file;
	size_t size;

	memset(data, 0x5a, sizeof(data));
	header.len = sizeof(header) + 8 + 4 + sizeof(data);
	bytes_add(&frame, &header, sizeof(header));
	bytes_add_u32(&frame, 4);
	bytes_add_u32(&frame, sizeof(data));
	bytes_add_u32(&frame, 77);
	bytes_add(&frame, data, sizeof(data));
	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_event(writer, (struct scap_event *)frame.data, 1, 0), SCAP_OK);
	CHECK_EQ(scap_writer_memory(writer, &file, &size), SCAP_OK);
	CHECK_EQ(scap_open_memory(file, size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(event->len, frame.size);
	CHECK(memcmp(event, frame.data, frame.size) == 0);
	scap_close(scap);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	free(frame.data);
}

/* Batches of any arena size give the same records as scap_next(). */
static void batches_equal_single_events(void)
{
	static uint64_t arena[512]; /* 4 KiB: many batches */
	struct bytes file = make_file(300, 0, 21);
	struct scap *batches, *single;
	const struct scap_event *event;
	uint32_t count, flags, total = 0;
	uint16_t cpu;
	size_t used;
	int status;

	CHECK_EQ(scap_open_memory(file.data, file.size, &batches, NULL), SCAP_OK);
	CHECK_EQ(scap_open_memory(file.data, file.size, &single, NULL), SCAP_OK);
	CHECK_EQ(scap_set_raw(batches, 1), SCAP_OK);
	CHECK_EQ(scap_set_raw(single, 1), SCAP_OK); /* random events are of all ages */
	while ((status = scap_next_batch(batches, arena, sizeof(arena), &used, &count)) == SCAP_OK) {
		uint8_t *at = (uint8_t *)arena;

		for (uint32_t i = 0; i < count; i++, total++) {
			struct scap_record *record = (struct scap_record *)at;

			CHECK_EQ(scap_next(single, &event, &cpu, &flags), SCAP_OK);
			CHECK_EQ(record->cpu, cpu);
			CHECK_EQ(record->flags, flags);
			CHECK_EQ(record->size % 8, 0);
			CHECK(memcmp(record + 1, event, event->len) == 0);
			at += record->size;
		}
		CHECK_EQ(at - (uint8_t *)arena, used);
	}
	CHECK_EQ(status, SCAP_EOF);
	CHECK_EQ(total, 300);
	scap_close(batches);
	scap_close(single);
	free(file.data);
}

static void arena_too_small_loses_nothing(void)
{
	struct bytes file = make_file(3, 0, 21);
	static uint64_t arena[512];
	struct scap *scap;
	uint32_t count;
	size_t used;

	CHECK_EQ(scap_open_memory(file.data, file.size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_next_batch(scap, arena, 24, &used, &count), SCAP_BUFFER_TOO_SMALL);
	CHECK_EQ(count, 0);
	CHECK_CONTAINS(scap_last_error(scap), "the arena has 24");
	CHECK_EQ(scap_next_batch(scap, (char *)arena + 1, 1000, &used, &count), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_OK);
	CHECK_EQ(count, 3);
	scap_close(scap);
	free(file.data);
}

/* A batch written as it was read makes the same file. */
static void batch_to_writer(void)
{
	static uint64_t arena[100000];
	struct bytes file = make_file(300, 0, 5);
	struct scap_machine_info info;
	struct scap_writer *writer;
	struct scap *scap;
	const void *data;
	uint32_t count;
	size_t used, size;

	CHECK_EQ(scap_open_memory(file.data, file.size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_set_raw(scap, 1), SCAP_OK); /* random events are of all ages */
	CHECK_EQ(scap_next_batch(scap, arena, sizeof(arena), &used, &count), SCAP_OK);
	CHECK_EQ(count, 300);
	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_machine_info(scap, &info), SCAP_OK);
	CHECK_EQ(scap_writer_machine_info(writer, &info), SCAP_OK);
	CHECK_EQ(scap_writer_batch(writer, arena, used), SCAP_OK);
	CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
	CHECK_EQ(size, file.size);
	CHECK(memcmp(data, file.data, size) == 0);
	CHECK_EQ(scap_writer_batch(writer, arena, used - 8), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	scap_close(scap);
	free(file.data);
}

int main(void)
{
	TEST(plain_memory);
	TEST(gzip_memory);
	TEST(gzip_of_many_events);
	TEST(no_events_at_all);
	TEST(machine_info_comes_back);
	TEST(file_without_machine_info);
	TEST(an_event_above_64_KiB);
	TEST(batches_equal_single_events);
	TEST(arena_too_small_loses_nothing);
	TEST(batch_to_writer);
	return tap_end();
}
