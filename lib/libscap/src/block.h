/* SPDX-License-Identifier: Apache-2.0 */
/* One block of a file, checked: where it is, what it says it is, its body. */
#ifndef SCAP_BLOCK_H
#define SCAP_BLOCK_H

#include <stdbool.h>

#include "input.h"

struct block {
	uint64_t offset; /* of its first byte in the (uncompressed) file */
	uint32_t type;
	uint32_t total;
	const uint8_t *body; /* between header and trailer, padding included; NULL if the block was skipped */
	uint32_t size;
	bool swap; /* its integers have the other byte order */
};

/*
 * Read a block's type and length, and check the length. SCAP_EOF where the input ends before it.
 * `block->swap` comes in as the order of the section so far; a section header sets it to its own.
 */
int block_begin(struct input *input, struct block *block, struct scap_error *err);

/* Show the whole block in memory, and check its trailer. Not yet taken from the input: input_skip(input,
 * total). */
int block_show(struct input *input, struct block *block, struct scap_error *err);

/* Go past a block without having it in memory, and check its trailer. */
int block_skip(struct input *input, const struct block *block, struct scap_error *err);

#endif
