/* SPDX-License-Identifier: Apache-2.0 */
#include <zlib.h>

#include "inflate_header.h"

enum { FLAG_HCRC = 2, FLAG_EXTRA = 4, FLAG_NAME = 8, FLAG_COMMENT = 16, FLAGS_UNKNOWN = 0xe0 };

/* Fields in their order. */
enum step { MAGIC1, MAGIC2, METHOD, FLAGS, TIME, EXTRA_SIZE, EXTRA, NAME, COMMENT, HCRC, DONE };

/* How many bytes the field has that begins now; 0: it is not there, or ends with a NUL. */
static uint16_t size_of(const struct gzip_header *header)
{
	switch (header->step) {
	case TIME:
		return 6; /* u32 time, extra flags, system */
	case EXTRA_SIZE:
		return header->flags & FLAG_EXTRA ? 2 : 0;
	case EXTRA:
		return header->flags & FLAG_EXTRA ? header->number : 0;
	case HCRC:
		return header->flags & FLAG_HCRC ? 2 : 0;
	default:
		return 1;
	}
}

static int is_there(const struct gzip_header *header)
{
	if (header->step == NAME)
		return header->flags & FLAG_NAME;
	if (header->step == COMMENT)
		return header->flags & FLAG_COMMENT;
	return header->left > 0;
}

/* Go to the next field that is there. */
static void advance(struct gzip_header *header)
{
	do {
		header->step++;
		header->left = size_of(header);
	} while (header->step < DONE && !is_there(header));
}

static const char *check(struct gzip_header *header, uint8_t byte)
{
	switch (header->step) {
	case MAGIC1:
		return byte == 0x1f ? NULL : "incorrect header check";
	case MAGIC2:
		return byte == 0x8b ? NULL : "incorrect header check";
	case METHOD:
		return byte == 8 ? NULL : "unknown compression method";
	case FLAGS:
		header->flags = byte;
		return byte & FLAGS_UNKNOWN ? "unknown header flags set" : NULL;
	case HCRC:
		return header->left == 0 && header->number != (header->crc & 0xffff) ? "header crc mismatch"
										     : NULL;
	default:
		return NULL;
	}
}

static const char *take(struct gzip_header *header, uint8_t byte)
{
	const char *why;

	if (header->step == NAME || header->step == COMMENT)
		header->left = byte != 0;
	else if (header->left > 0)
		header->left--;
	header->number = (uint16_t)(header->number >> 8 | byte << 8); /* the last two bytes */
	if (header->step != HCRC)
		header->crc = (uint32_t)crc32(header->crc, &byte, 1);
	why = check(header, byte);
	if (!why && header->left == 0)
		advance(header);
	return why;
}

enum gzip_header_status gzip_header_take(struct gzip_header *header, const uint8_t **in, uint32_t *left,
					 const char **why)
{
	while (header->step != DONE) {
		if (*left == 0)
			return GZIP_HEADER_MORE;
		*why = take(header, **in);
		if (*why)
			return GZIP_HEADER_BAD;
		++*in;
		--*left;
	}
	return GZIP_HEADER_DONE;
}
