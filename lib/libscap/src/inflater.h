/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One gzip member after the other through a decompression library. The build takes one of inflate_*.c: ISA-L
 * where it can (x86_64, shared), for it takes half of zlib's time (docs/decisions.md).
 */
#ifndef SCAP_INFLATER_H
#define SCAP_INFLATER_H

#include <stddef.h>
#include <stdint.h>

struct inflater;

/* Where bytes come from and go to; moves along. */
struct inflater_io {
	const uint8_t *in;
	uint8_t *out;
	uint32_t in_left, out_left;
};

enum inflated {
	INFLATED_MORE, /* no input left, or no room */
	INFLATED_END,  /* of the member; what follows it was not touched */
	INFLATED_DAMAGED,
};

/* NULL without memory. */
struct inflater *inflater_new(void);
void inflater_free(struct inflater *inflater);
/* Another member begins. */
void inflater_reset(struct inflater *inflater);

/* Unpack until input or room are used up. *why: of INFLATED_DAMAGED, in words that need not be freed. */
enum inflated inflater_run(struct inflater *inflater, struct inflater_io *io, const char **why);

#endif
