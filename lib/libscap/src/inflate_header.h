/* SPDX-License-Identifier: Apache-2.0 */
/* The header of a gzip member (RFC 1952), byte by byte as it comes. */
#ifndef SCAP_INFLATE_HEADER_H
#define SCAP_INFLATE_HEADER_H

#include <stddef.h>
#include <stdint.h>

/* All 0 where a member begins. */
struct gzip_header {
	uint8_t step; /* enum step */
	uint8_t flags;
	uint16_t left;	 /* bytes of this field to come */
	uint16_t number; /* that is being put together */
	uint32_t crc;	 /* of the header so far */
};

enum gzip_header_status { GZIP_HEADER_MORE, GZIP_HEADER_DONE, GZIP_HEADER_BAD };

/* Take what belongs to the header, and move `*in` along. *why: of GZIP_HEADER_BAD. */
enum gzip_header_status gzip_header_take(struct gzip_header *header, const uint8_t **in, uint32_t *left,
					 const char **why);

#endif
