/* SPDX-License-Identifier: Apache-2.0 */
#include "block.h"
#include "bytes.h"
#include "error.h"
#include "format.h"

#define SKIP_STEP (64u << 10)

/* The input has fewer bytes than the block needs: because it was cut, or because reading went wrong. */
static int cut(struct input *input, const struct block *block, uint64_t end, struct scap_error *err)
{
	struct scap_error why;
	int status = input_status(input, &why);

	if (status != SCAP_OK)
		return scap_fail(err, status, "%s (in the block at byte %llu)", why.text,
				 (unsigned long long)block->offset);
	return scap_fail(
	    err, SCAP_INPUT_TOO_SMALL,
	    "the file ends at byte %llu, inside the block of type 0x%x and length %u at byte %llu",
	    (unsigned long long)end, block->type, block->total, (unsigned long long)block->offset);
}

static int cut_header(struct input *input, size_t got, struct scap_error *err)
{
	uint64_t offset = input_offset(input);
	int status = input_status(input, err);

	if (status != SCAP_OK)
		return status;
	if (got == 0)
		return SCAP_EOF;
	return scap_fail(err, SCAP_INPUT_TOO_SMALL,
			 "the file ends at byte %llu, inside the block header at byte %llu",
			 (unsigned long long)(offset + got), (unsigned long long)offset);
}

static uint32_t block_u32(const struct block *block, const uint8_t *from)
{
	return order_u32(load_u32(from), block->swap);
}

/* The type of a section header reads the same from both sides; the magic number behind it tells the order. */
static int find_order(struct input *input, struct block *block, struct scap_error *err)
{
	size_t got;
	const uint8_t *header = input_peek(input, BLOCK_HEADER + sizeof(uint32_t), &got);
	uint32_t magic;

	if (got < BLOCK_HEADER + sizeof(uint32_t))
		return cut_header(input, got, err);
	magic = load_u32(header + BLOCK_HEADER);
	if (magic == SECTION_MAGIC || magic == SECTION_MAGIC_OTHER)
		block->swap = magic == SECTION_MAGIC_OTHER;
	return SCAP_OK;
}

int block_begin(struct input *input, struct block *block, struct scap_error *err)
{
	size_t got;
	const uint8_t *header = input_peek(input, BLOCK_HEADER, &got);

	if (got < BLOCK_HEADER)
		return cut_header(input, got, err);
	if (load_u32(header) == BLOCK_SECTION) {
		int status = find_order(input, block, err);

		if (status != SCAP_OK)
			return status;
		header = input_peek(input, BLOCK_HEADER, &got);
	}
	block->offset = input_offset(input);
	block->type = block_u32(block, header);
	block->total = block_u32(block, header + 4);
	block->body = NULL;
	block->size = 0;
	if (block->total < BLOCK_MIN || block->total % 4 != 0)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "block of type 0x%x at byte %llu: its length cannot be %u", block->type,
				 (unsigned long long)block->offset, block->total);
	block->size = block->total - BLOCK_MIN;
	return SCAP_OK;
}

static int check_trailer(const struct block *block, const uint8_t *trailer, struct scap_error *err)
{
	if (block_u32(block, trailer) == block->total)
		return SCAP_OK;
	return scap_fail(
	    err, SCAP_ILLEGAL_INPUT,
	    "block of type 0x%x at byte %llu: its length is %u at the beginning and %u at the end",
	    block->type, (unsigned long long)block->offset, block->total,
	    block_u32(block, trailer));
}

int block_show(struct input *input, struct block *block, struct scap_error *err)
{
	size_t got;
	const uint8_t *bytes;

	if (block->total > BLOCK_MAX)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "block of type 0x%x at byte %llu: %u bytes are more than the limit of %u",
				 block->type, (unsigned long long)block->offset, block->total, BLOCK_MAX);
	bytes = input_peek(input, block->total, &got);
	if (got < block->total)
		return cut(input, block, block->offset + got, err);
	block->body = bytes + BLOCK_HEADER;
	return check_trailer(block, bytes + block->total - BLOCK_TRAILER, err);
}

int block_skip(struct input *input, const struct block *block, struct scap_error *err)
{
	uint32_t left = block->total - BLOCK_TRAILER;
	const uint8_t *trailer;
	size_t got;
	int status;

	while (left > 0) {
		size_t want = left < SKIP_STEP ? left : SKIP_STEP;

		input_peek(input, want, &got);
		if (got < want)
			return cut(input, block, input_offset(input) + got, err);
		input_skip(input, want);
		left -= want;
	}
	trailer = input_peek(input, BLOCK_TRAILER, &got);
	if (got < BLOCK_TRAILER)
		return cut(input, block, input_offset(input) + got, err);
	status = check_trailer(block, trailer, err);
	if (status == SCAP_OK)
		input_skip(input, BLOCK_TRAILER);
	return status;
}
