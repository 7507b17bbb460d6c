/* SPDX-License-Identifier: Apache-2.0 */
/* Cut and mutated files: whole events first, then a clear error; never a crash (ASan and UBSan watch). */
#include <stdlib.h>

#include "make.h"
#include "tap.h"

#define EVENTS 40

/* Copies into a heap block of exactly that size, so that ASan sees a read past the end. */
static uint8_t *exact_copy(const uint8_t *data, size_t size)
{
	uint8_t *copy = malloc(size ? size : 1);

	memcpy(copy, data, size);
	return copy;
}

/* Where each block ends. */
static size_t block_ends(const struct bytes *file, size_t *ends)
{
	size_t count = 0;

	for (size_t at = 0; at < file->size;) {
		uint32_t total;

		memcpy(&total, file->data + at + 4, sizeof(total));
		at += total;
		ends[count++] = at;
	}
	return count;
}

static void plain_file_cut_at_every_byte(void)
{
	struct bytes file = make_file(EVENTS, 0, 3);
	size_t ends[EVENTS + 2], whole = 0;

	CHECK_EQ(block_ends(&file, ends), EVENTS + 2); /* section, machine, events */
	for (size_t size = 0; size < file.size; size++) {
		uint8_t *cut = exact_copy(file.data, size);
		struct scap_error err = {""};
		uint64_t events, hash;
		int status = read_all(cut, size, &events, &hash, &err);

		free(cut);
		while (size >= ends[whole])
			whole++;
		CHECK_EQ(events, whole > 2 ? whole - 2 : 0);
		if (whole > 0 && size == ends[whole - 1]) {
			CHECK_EQ(status, SCAP_EOF);
			continue;
		}
		CHECK_EQ(status, SCAP_INPUT_TOO_SMALL);
		if (size > 0) {
			char where[64];

			snprintf(where, sizeof(where), "the file ends at byte %zu", size);
			CHECK_CONTAINS(err.text, where);
		}
	}
	free(file.data);
}

static void gzip_file_cut_at_every_byte(void)
{
	struct bytes file = make_file(EVENTS, SCAP_WRITE_GZIP, 3);
	uint64_t most = 0;

	for (size_t size = 2; size < file.size; size++) {
		uint8_t *cut = exact_copy(file.data, size);
		struct scap_error err = {""};
		uint64_t events, hash;
		int status = read_all(cut, size, &events, &hash, &err);

		free(cut);
		CHECK_EQ(status, SCAP_INPUT_TOO_SMALL);
		CHECK_CONTAINS(err.text, "gzip stream is cut");
		CHECK(events >= most); /* more bytes never give fewer events */
		most = events;
	}
	CHECK_EQ(most, EVENTS);
	free(file.data);
}

static bool is_error_or_end(int status)
{
	switch (status) {
	case SCAP_EOF:
	case SCAP_ILLEGAL_INPUT:
	case SCAP_INPUT_TOO_SMALL:
	case SCAP_NOT_SUPPORTED:
	case SCAP_VERSION_MISMATCH:
		return true;
	default:
		return false;
	}
}

static void check_mutations(uint32_t writer_flags, uint32_t rounds)
{
	struct bytes file = make_file(EVENTS, writer_flags, 11);

	for (uint32_t seed = 1; seed <= rounds; seed++) {
		struct rng rng = {seed};
		uint8_t *copy = exact_copy(file.data, file.size);
		struct scap_error err = {""};
		uint64_t events, hash;
		int status;

		mutate(copy, file.size, &rng);
		status = read_all(copy, file.size, &events, &hash, &err);
		free(copy);
		if (!is_error_or_end(status))
			FAIL("seed %u: status %d: %s", seed, status, err.text);
		if (status != SCAP_EOF && !err.text[0])
			FAIL("seed %u: status %d without a text", seed, status);
		if (events > file.size / 30)
			FAIL("seed %u: %llu events", seed, (unsigned long long)events);
	}
	free(file.data);
}

static void mutated_plain_files(void)
{
	check_mutations(0, 20000);
}

static void mutated_gzip_files(void)
{
	check_mutations(SCAP_WRITE_GZIP, 5000);
}

/* Damage in one event takes nothing from those before it. */
static void damage_leaves_earlier_events(void)
{
	struct bytes file = make_file(EVENTS, 0, 3);
	size_t ends[EVENTS + 2];
	uint64_t events, hash;
	struct scap_error err;

	block_ends(&file, ends);
	file.data[ends[20]] ^= 0x80;		   /* type of the next block: event 19 */
	memset(file.data + ends[20] + 4, 0xff, 4); /* and its length */
	CHECK_EQ(read_all(file.data, file.size, &events, &hash, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(events, 19);
	CHECK_CONTAINS(err.text, "its length cannot be 4294967295");
	free(file.data);
}

int main(void)
{
	TEST(plain_file_cut_at_every_byte);
	TEST(gzip_file_cut_at_every_byte);
	TEST(mutated_plain_files);
	TEST(mutated_gzip_files);
	TEST(damage_leaves_earlier_events);
	return tap_end();
}
