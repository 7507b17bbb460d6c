/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>

#include "error.h"
#include "gunzip.h"
#include "inflater.h"

struct gunzip {
	struct inflater *inflater;
	struct inflater_io io;
	const uint8_t *next; /* fed, not yet given to the library, whose counters are 32 bits wide */
	size_t left;
	uint64_t fed; /* compressed bytes given to it so far */
	bool between; /* a member has ended, none has begun */
};

int gunzip_new(struct gunzip **out, struct scap_error *err)
{
	struct gunzip *gunzip = calloc(1, sizeof(*gunzip));

	if (!gunzip)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	gunzip->inflater = inflater_new();
	if (!gunzip->inflater) {
		free(gunzip);
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	}
	*out = gunzip;
	return SCAP_OK;
}

void gunzip_free(struct gunzip *gunzip)
{
	if (!gunzip)
		return;
	inflater_free(gunzip->inflater);
	free(gunzip);
}

void gunzip_feed(struct gunzip *gunzip, const uint8_t *data, size_t size)
{
	gunzip->next = data;
	gunzip->left = size;
}

static bool refill(struct gunzip *gunzip)
{
	uint32_t size = gunzip->left < UINT_MAX ? (uint32_t)gunzip->left : UINT_MAX;

	if (gunzip->io.in_left > 0)
		return true;
	gunzip->io.in = gunzip->next;
	gunzip->io.in_left = size;
	if (size > 0)
		gunzip->next += size;
	gunzip->left -= size;
	gunzip->fed += size;
	return size > 0;
}

static uint64_t compressed_offset(const struct gunzip *gunzip)
{
	return gunzip->fed - gunzip->io.in_left;
}

/* Zero bytes after a member are padding (tape, dd); the next member starts at something else. */
static void skip_padding(struct gunzip *gunzip)
{
	while (refill(gunzip) && *gunzip->io.in == 0) {
		gunzip->io.in++;
		gunzip->io.in_left--;
	}
	if (gunzip->io.in_left > 0) {
		inflater_reset(gunzip->inflater);
		gunzip->between = false;
	}
}

/* As far as one run of the library goes. *idle: it neither took nor gave anything. */
static int run(struct gunzip *gunzip, bool *idle, struct scap_error *err)
{
	uint32_t in = gunzip->io.in_left, out = gunzip->io.out_left;
	const char *why;

	switch (inflater_run(gunzip->inflater, &gunzip->io, &why)) {
	case INFLATED_DAMAGED:
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "damaged gzip stream at compressed byte %llu: %s",
				 (unsigned long long)compressed_offset(gunzip), why);
	case INFLATED_END:
		gunzip->between = true;
		return SCAP_OK;
	case INFLATED_MORE:
		*idle = in == gunzip->io.in_left && out == gunzip->io.out_left;
	}
	return SCAP_OK;
}

int gunzip_take(struct gunzip *gunzip, uint8_t *to, size_t room, size_t *got, struct scap_error *err)
{
	uint32_t size = room < UINT_MAX ? (uint32_t)room : UINT_MAX;
	bool idle = false;
	int status = SCAP_OK;

	gunzip->io.out = to;
	gunzip->io.out_left = size;
	while (gunzip->io.out_left > 0 && !idle && status == SCAP_OK) {
		if (gunzip->between)
			skip_padding(gunzip);
		if (gunzip->between)
			break;
		refill(gunzip); /* even without input, the library may still hold output */
		status = run(gunzip, &idle, err);
	}
	*got = size - gunzip->io.out_left;
	return status;
}

int gunzip_finish(struct gunzip *gunzip, struct scap_error *err)
{
	if (gunzip->between)
		return SCAP_OK;
	return scap_fail(err, SCAP_INPUT_TOO_SMALL, "gzip stream is cut at compressed byte %llu",
			 (unsigned long long)compressed_offset(gunzip));
}
