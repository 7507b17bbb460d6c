/* SPDX-License-Identifier: Apache-2.0 */
/* Block by block: what is skipped, what is refused, and with which words. */
#include <stdlib.h>

#include "make.h"
#include "scap_schema.h"
#include "tap.h"

static struct scap_event *any_frame(uint64_t ts)
{
	static uint8_t frame[FRAME_ROOM];
	struct rng rng = {1};

	return make_frame(frame, ts, PPME_SYSCALL_CLOSE_X, 2, &rng);
}

/* Read and free `file`; returns the status. */
static int finish(struct bytes *file, uint64_t *events, struct scap_error *err)
{
	uint64_t hash;
	int status;

	err->text[0] = 0;
	status = read_all(file->data, file->size, events, &hash, err);
	free(file->data);
	return status;
}

static void unknown_blocks_anywhere(void)
{
	struct bytes file = {0}, body = {0};
	static uint8_t large[100000];
	struct scap_file_info info;
	const struct scap_event *event;
	struct scap *scap;

	bytes_add(&body, large, sizeof(large));
	bytes_add_section(&file);
	bytes_add_block(&file, 0x777, &body);
	bytes_add_event(&file, any_frame(1));
	bytes_add_block(&file, 0x778, &body);
	bytes_add_event(&file, any_frame(2));
	CHECK_EQ(scap_open_memory(file.data, file.size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 2);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_EOF);
	CHECK_EQ(scap_get_file_info(scap, &info), SCAP_OK);
	CHECK_EQ(info.skipped_blocks, 2);
	CHECK_EQ(info.offset, file.size);
	scap_close(scap);
	free(file.data);
	free(body.data);
}

static void unknown_event_types_are_skipped_and_counted(void)
{
	struct bytes file = {0};
	struct scap_event *frame = any_frame(1);
	struct scap_file_info info;
	const struct scap_event *event;
	struct scap *scap;

	bytes_add_section(&file);
	frame->type = PPM_EVENT_MAX;
	bytes_add_event(&file, frame);
	bytes_add_event(&file, any_frame(2));
	CHECK_EQ(scap_open_memory(file.data, file.size, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(event->ts, 2);
	CHECK_EQ(scap_get_file_info(scap, &info), SCAP_OK);
	CHECK_EQ(info.unknown_events, 1);
	scap_close(scap);
	free(file.data);
}

static void concatenated_sections(void)
{
	struct bytes file = make_file(5, 0, 1), second = make_file(7, 0, 2);
	struct scap_error err;
	uint64_t events;

	bytes_add(&file, second.data, second.size);
	free(second.data);
	CHECK_EQ(finish(&file, &events, &err), SCAP_EOF);
	CHECK_EQ(events, 12);
}

static void concatenated_gzip_files(void)
{
	struct bytes file = make_file(5, SCAP_WRITE_GZIP, 1), second = make_file(7, SCAP_WRITE_GZIP, 2);
	struct scap_error err;
	uint64_t events;

	bytes_add(&file, second.data, second.size);
	bytes_add(&file, "\0\0\0\0", 4); /* padding behind gzip is nothing */
	free(second.data);
	CHECK_EQ(finish(&file, &events, &err), SCAP_EOF);
	CHECK_EQ(events, 12);
}

static void rubbish_behind_gzip(void)
{
	struct bytes file = make_file(5, SCAP_WRITE_GZIP, 1);
	struct scap_error err;
	uint64_t events;

	bytes_add(&file, "rubbish", 7);
	CHECK_EQ(finish(&file, &events, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(events, 5);
	CHECK_CONTAINS(err.text, "damaged gzip stream at compressed byte");
}

static void options_of_pcapng_are_tolerated(void)
{
	struct bytes file = {0}, body = {0};
	struct scap_event *frame = any_frame(1);
	struct scap_error err;
	uint64_t events;

	bytes_add_u32(&body, 0x1A2B3C4D);
	bytes_add_u16(&body, 1);
	bytes_add_u16(&body, 0);
	bytes_add_u64(&body, UINT64_MAX);
	bytes_add(&body, "\1\0\4\0abcd\0\0\0\0", 12);
	bytes_add_block(&file, 0x0A0D0D0A, &body);
	body.size = 0;
	bytes_add_u16(&body, 3);
	bytes_add(&body, frame, frame->len);
	bytes_add(&body, "\1\0\4\0abcd\0\0\0\0", 12);
	bytes_add_block(&file, 0x216, &body);
	free(body.data);
	CHECK_EQ(finish(&file, &events, &err), SCAP_EOF);
	CHECK_EQ(events, 1);
}

static int open_section(uint32_t magic, uint16_t major, struct scap_error *err)
{
	struct bytes file = {0}, body = {0};
	uint64_t events;

	bytes_add_u32(&body, magic);
	bytes_add_u16(&body, major);
	bytes_add_u16(&body, 0);
	bytes_add_u64(&body, UINT64_MAX);
	bytes_add_block(&file, 0x0A0D0D0A, &body);
	free(body.data);
	return finish(&file, &events, err);
}

static void section_headers(void)
{
	struct scap_error err;

	CHECK_EQ(open_section(0x1A2B3C4D, 1, &err), SCAP_EOF);
	CHECK_EQ(open_section(0x1A2B3C4D, 2, &err), SCAP_VERSION_MISMATCH);
	CHECK_CONTAINS(err.text, "version 2.0");
	CHECK_EQ(open_section(0x11111111, 1, &err), SCAP_ILLEGAL_INPUT);
}

static void not_a_capture(void)
{
	struct scap_error err;
	struct scap *scap;

	CHECK_EQ(scap_open_memory("hello, hello", 12, &scap, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_open_memory("\x1f\x8bnonsense", 10, &scap, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "damaged gzip");
	CHECK_EQ(scap_open_memory("", 0, &scap, &err), SCAP_INPUT_TOO_SMALL);
	CHECK_EQ(scap_open_memory(NULL, 5, &scap, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_open_file("/nonexistent/x.scap", &scap, &err), SCAP_NOT_FOUND);
	CHECK_CONTAINS(err.text, "/nonexistent/x.scap");
	CHECK(scap == NULL);
	CHECK_EQ(scap_open_file("/proc/self", &scap, &err), SCAP_FAILURE);
	CHECK_CONTAINS(err.text, "/proc/self: cannot read");
}

static void trailer_must_repeat_the_length(void)
{
	struct bytes file = {0};
	struct scap_error err;
	uint64_t events;

	bytes_add_section(&file);
	bytes_add_event(&file, any_frame(1));
	file.data[file.size - 4] ^= 4;
	CHECK_EQ(finish(&file, &events, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(events, 0);
	CHECK_CONTAINS(err.text, "at byte 28: its length is");
}

/* An entry of the list of users: a group with a name of 3 bytes has 14. */
static int list_block(uint32_t type, uint32_t length, struct scap_error *err)
{
	struct bytes file = {0}, body = {0};
	uint64_t events;

	bytes_add_section(&file);
	bytes_add_u32(&body, length);
	bytes_add(&body, "\1\0\0\0\0\3\0abc", 10);
	bytes_add_block(&file, type, &body);
	free(body.data);
	return finish(&file, &events, err);
}

static void list_entries_stay_in_their_block(void)
{
	struct scap_error err;

	CHECK_EQ(list_block(0x220, 14, &err), SCAP_EOF);
	CHECK_EQ(list_block(0x220, 15, &err), SCAP_EOF); /* a field that we do not know */
	CHECK_EQ(list_block(0x220, 13, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "users v2: the entry at byte 36 ends inside a field");
	CHECK_EQ(list_block(0x220, 17, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "the entry at byte 36 says a length that cannot be");
	CHECK_EQ(list_block(0x220, 0, &err), SCAP_ILLEGAL_INPUT); /* would never end */
	CHECK_EQ(list_block(0x219, UINT32_MAX, &err), SCAP_ILLEGAL_INPUT);
}

static void short_bodies(void)
{
	static const uint32_t types[] = {0x201, 0x204, 0x208, 0x216, 0x217, 0x218, 0x221, 0x222, 0x0A0D0D0A};
	struct scap_error err;
	uint64_t events;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct bytes file = {0}, body = {0};

		bytes_add_section(&file);
		bytes_add_block(&file, types[i], &body);
		CHECK_EQ(finish(&file, &events, &err), SCAP_ILLEGAL_INPUT);
		CHECK_CONTAINS(err.text, "at byte 28");
	}
}

int main(void)
{
	TEST(unknown_blocks_anywhere);
	TEST(unknown_event_types_are_skipped_and_counted);
	TEST(concatenated_sections);
	TEST(concatenated_gzip_files);
	TEST(rubbish_behind_gzip);
	TEST(options_of_pcapng_are_tolerated);
	TEST(section_headers);
	TEST(not_a_capture);
	TEST(trailer_must_repeat_the_length);
	TEST(list_entries_stay_in_their_block);
	TEST(short_bodies);
	return tap_end();
}
