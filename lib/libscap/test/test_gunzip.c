/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gzip streams, whole and damaged. Decompression libraries are partly in assembler, which sanitizers cannot
 * watch: here their buffers end at pages that may not be touched.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "../src/gunzip.h"
#include "make.h"
#include "tap.h"

#define PLAIN 60000

/* `size` bytes that end where no page follows. */
struct guarded {
	uint8_t *map, *data;
	size_t mapped;
};

static struct guarded guarded(size_t size)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = (size + page - 1) / page * page;
	struct guarded it = {.mapped = pages + page};

	it.map = mmap(NULL, it.mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (it.map == MAP_FAILED || mprotect(it.map + pages, page, PROT_NONE) != 0)
		abort();
	it.data = it.map + pages - size;
	return it;
}

static void unguard(struct guarded *it)
{
	munmap(it->map, it->mapped);
}

/* Text that compresses well here and badly there. */
static void fill(uint8_t *to, size_t size, struct rng *rng)
{
	for (size_t i = 0; i < size; i++)
		to[i] = i / 3000 % 3 ? "events and parameters "[(i * (1 + i / 977)) % 22]
				     : (uint8_t)rng_next(rng);
}

/* Append a gzip member. */
static void add_member(struct bytes *file, const uint8_t *plain, size_t size, int level, gz_header *header)
{
	size_t room = size + size / 8 + 4096;
	uint8_t *packed = malloc(room);
	z_stream z = {.next_in = (uint8_t *)plain, .avail_in = (uInt)size, .next_out = packed};

	z.avail_out = (uInt)room;
	if (deflateInit2(&z, level, Z_DEFLATED, 31, 8, level == 1 ? Z_FIXED : Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	if (header)
		deflateSetHeader(&z, header);
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		abort();
	bytes_add(file, packed, room - z.avail_out);
	deflateEnd(&z);
	free(packed);
}

/* Three members: stored, fixed and dynamic blocks; all fields of the header; padding behind each. */
static struct bytes make_members(const uint8_t *plain)
{
	gz_header header = {.extra = (uint8_t *)"extra", .extra_len = 5, .hcrc = 1};
	struct bytes file = {0};

	header.name = (uint8_t *)"a-name";
	header.comment = (uint8_t *)"a comment";
	add_member(&file, plain, PLAIN / 3, 0, NULL);
	bytes_add(&file, "\0\0\0", 3);
	add_member(&file, plain + PLAIN / 3, PLAIN / 3, 1, &header);
	add_member(&file, plain + PLAIN / 3 * 2, PLAIN / 3, 6, NULL);
	bytes_add(&file, "\0\0\0\0\0", 5);
	return file;
}

/* Unpack with pieces of at most `most` bytes on either side. The status that ended it; *got bytes at `to`. */
static int unpack(const uint8_t *data, size_t size, uint8_t *to, size_t room, uint32_t most, struct rng *rng,
		  size_t *got, struct scap_error *err)
{
	struct gunzip *gunzip;
	size_t at = 0, more;
	int status = gunzip_new(&gunzip, err);

	*got = 0;
	while (status == SCAP_OK) {
		size_t want = 1 + rng_below(rng, most), piece = 1 + rng_below(rng, most);

		want = want < room - *got ? want : room - *got;
		status = gunzip_take(gunzip, to + *got, want, &more, err);
		*got += more;
		if (status != SCAP_OK || more > 0)
			continue;
		if (at == size || want == 0)
			break;
		piece = piece < size - at ? piece : size - at;
		gunzip_feed(gunzip, data + at, piece);
		at += piece;
	}
	if (status == SCAP_OK)
		status = gunzip_finish(gunzip, err);
	gunzip_free(gunzip);
	return status;
}

static void members_in_pieces(void)
{
	static const uint32_t sizes[] = {1, 2, 7, 100, 5000, 1000000};
	struct guarded plain = guarded(PLAIN), out = guarded(PLAIN + 1);
	struct rng rng = {4};
	struct bytes file;

	fill(plain.data, PLAIN, &rng);
	file = make_members(plain.data);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct scap_error err = {""};
		size_t got;
		int status = unpack(file.data, file.size, out.data, PLAIN + 1, sizes[i], &rng, &got, &err);

		if (status != SCAP_OK || got != PLAIN || memcmp(out.data, plain.data, PLAIN) != 0)
			FAIL("pieces of %u: status %d, %zu bytes: %s", sizes[i], status, got, err.text);
	}
	free(file.data);
	unguard(&plain);
	unguard(&out);
}

static void cut_members(void)
{
	struct guarded out = guarded(PLAIN + 1);
	uint8_t plain[3000];
	struct rng rng = {5};
	struct bytes file = {0};

	fill(plain, sizeof(plain), &rng);
	add_member(&file, plain, sizeof(plain), 6, NULL);
	for (size_t cut = 1; cut < file.size; cut++) {
		struct guarded in = guarded(cut);
		struct scap_error err = {""};
		size_t got;

		memcpy(in.data, file.data, cut);
		CHECK_EQ(unpack(in.data, cut, out.data, PLAIN, 1000, &rng, &got, &err), SCAP_INPUT_TOO_SMALL);
		CHECK_CONTAINS(err.text, "gzip stream is cut at compressed byte");
		CHECK(got <= sizeof(plain) && memcmp(out.data, plain, got) == 0);
		unguard(&in);
	}
	free(file.data);
	unguard(&out);
}

static void wrong_checksum(void)
{
	uint8_t plain[1000] = {1}, out[1001];
	struct rng rng = {6};
	struct bytes file = {0};
	struct scap_error err;
	size_t got;

	add_member(&file, plain, sizeof(plain), 6, NULL);
	file.data[file.size - 6] ^= 1; /* third byte of the CRC */
	CHECK_EQ(unpack(file.data, file.size, out, sizeof(out), 4000, &rng, &got, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "damaged gzip stream at compressed byte");
	CHECK_CONTAINS(err.text, "incorrect data check");
	free(file.data);
}

/* Damage ends in an error or in other bytes, never outside of the buffers. */
static void damaged_members(void)
{
	struct guarded plain = guarded(PLAIN), out = guarded(PLAIN);
	struct rng rng = {7};
	struct bytes file;

	fill(plain.data, PLAIN, &rng);
	file = make_members(plain.data);
	for (uint32_t round = 0; round < 3000; round++) {
		size_t cut = rng_below(&rng, 4) ? file.size : 1 + rng_below(&rng, (uint32_t)file.size);
		struct guarded in = guarded(cut);
		struct scap_error err;
		size_t got;

		memcpy(in.data, file.data, cut);
		for (uint32_t i = rng_below(&rng, 5); i > 0; i--)
			in.data[rng_below(&rng, (uint32_t)cut)] ^= (uint8_t)(1u << rng_below(&rng, 8));
		unpack(in.data, cut, out.data, PLAIN, 1 + rng_below(&rng, 70000), &rng, &got, &err);
		CHECK(got <= PLAIN);
		unguard(&in);
	}
	free(file.data);
	unguard(&plain);
	unguard(&out);
}

int main(void)
{
	TEST(members_in_pieces);
	TEST(cut_members);
	TEST(wrong_checksum);
	TEST(damaged_members);
	return tap_end();
}
