/* SPDX-License-Identifier: Apache-2.0 */
/* One block of a file, checked: where it is, what it says it is, its body. */
#ifndef SCAP_BLOCK_H
#define SCAP_BLOCK_H

#include "input.h"

struct block {
	uint64_t offset; /* of its first byte in the (uncompressed) file */
	uint32_t type;
	uint32_t total;
	const uint8_t *body; /* between header and trailer, padding included; NULL if the block was skipped */
	uint32_t size;
};

/* Read a block's type and length, and check the length. SCAP_EOF where the input ends before it. */
int block_begin(struct input *input, struct block *block, struct scap_error *err);

/* Show the whole block in memory, and check its trailer. Not yet taken from the input: input_skip(input,
 * total). */
int block_show(struct input *input, struct block *block, struct scap_error *err);

/* Go past a block without having it in memory, and check its trailer. */
int block_skip(struct input *input, const struct block *block, struct scap_error *err);

#endif
