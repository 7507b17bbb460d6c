/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

#include "error.h"
#include "gunzip.h"

#define WINDOW_GZIP (15 + 16) /* largest window, gzip header and trailer expected */

struct gunzip {
	z_stream z;
	const uint8_t *next; /* fed, not yet given to zlib, whose counters are 32 bits wide */
	size_t left;
	uint64_t fed; /* compressed bytes given to zlib so far */
	bool between; /* a member has ended, none has begun */
};

int gunzip_new(struct gunzip **out, struct scap_error *err)
{
	struct gunzip *gunzip = calloc(1, sizeof(*gunzip));

	if (!gunzip)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	if (inflateInit2(&gunzip->z, WINDOW_GZIP) != Z_OK) {
		free(gunzip);
		return scap_fail(err, SCAP_FAILURE, "zlib: inflateInit2 failed");
	}
	*out = gunzip;
	return SCAP_OK;
}

void gunzip_free(struct gunzip *gunzip)
{
	if (!gunzip)
		return;
	inflateEnd(&gunzip->z);
	free(gunzip);
}

void gunzip_feed(struct gunzip *gunzip, const uint8_t *data, size_t size)
{
	gunzip->next = data;
	gunzip->left = size;
}

static bool refill(struct gunzip *gunzip)
{
	size_t size = gunzip->left < UINT_MAX ? gunzip->left : UINT_MAX;

	if (gunzip->z.avail_in > 0)
		return true;
	gunzip->z.next_in = (Bytef *)gunzip->next;
	gunzip->z.avail_in = (uInt)size;
	gunzip->next += size;
	gunzip->left -= size;
	gunzip->fed += size;
	return size > 0;
}

static uint64_t compressed_offset(const struct gunzip *gunzip)
{
	return gunzip->fed - gunzip->z.avail_in;
}

/* Zero bytes after a member are padding (tape, dd); the next member starts at something else. */
static void skip_padding(struct gunzip *gunzip)
{
	while (refill(gunzip) && *gunzip->z.next_in == 0) {
		gunzip->z.next_in++;
		gunzip->z.avail_in--;
	}
	if (gunzip->z.avail_in > 0) {
		inflateReset(&gunzip->z);
		gunzip->between = false;
	}
}

int gunzip_take(struct gunzip *gunzip, uint8_t *to, size_t room, size_t *got, struct scap_error *err)
{
	size_t size = room < UINT_MAX ? room : UINT_MAX;

	gunzip->z.next_out = to;
	gunzip->z.avail_out = (uInt)size;
	while (gunzip->z.avail_out > 0) {
		int status;

		if (gunzip->between)
			skip_padding(gunzip);
		if (gunzip->between)
			break;
		refill(gunzip); /* even without input, zlib may still hold output */
		status = inflate(&gunzip->z, Z_NO_FLUSH);
		if (status == Z_BUF_ERROR)
			break;
		if (status == Z_STREAM_END) {
			gunzip->between = true;
		} else if (status != Z_OK) {
			*got = size - gunzip->z.avail_out;
			return scap_fail(err, SCAP_ILLEGAL_INPUT,
					 "damaged gzip stream at compressed byte %llu: %s",
					 (unsigned long long)compressed_offset(gunzip),
					 gunzip->z.msg ? gunzip->z.msg : "zlib gave no reason");
		}
	}
	*got = size - gunzip->z.avail_out;
	return SCAP_OK;
}

int gunzip_finish(struct gunzip *gunzip, struct scap_error *err)
{
	if (gunzip->between)
		return SCAP_OK;
	return scap_fail(err, SCAP_INPUT_TOO_SMALL, "gzip stream is cut at compressed byte %llu",
			 (unsigned long long)compressed_offset(gunzip));
}
