/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loop over blocks. One table says what happens to each block code; codes that are not in it are skipped
 * and counted, wherever they stand. A section header in the middle starts over: files may be concatenated.
 */
#include <stdlib.h>

#include "block.h"
#include "bytes.h"
#include "error.h"
#include "format.h"
#include "import.h"
#include "reader.h"
#include "reader_meta.h"

struct reader {
	struct input *input;
	bool have_machine;
	struct scap_machine_info machine;
	struct scap_file_info info;
	struct importer importer;
	struct lists lists;    /* of this section */
	bool swap;	       /* this section has the other byte order */
	struct scap_item item; /* valid while shown > 0 */
	uint32_t shown;	       /* length of the event block that lies before us, 0 if none */
	int status;	       /* once not SCAP_OK, for ever */
	struct scap_error error;
};

typedef int (*block_handler)(struct reader *reader, struct block *block);

static int on_section(struct reader *reader, struct block *block)
{
	int status = block_show(reader->input, block, &reader->error);

	if (status == SCAP_OK)
		status = meta_section(block, &reader->error);
	if (status != SCAP_OK)
		return status;
	reader->info.sections++;
	reader->have_machine = false;
	reader->swap = block->swap;
	lists_clear(&reader->lists);
	input_skip(reader->input, block->total);
	return SCAP_OK;
}

static int on_machine(struct reader *reader, struct block *block)
{
	int status = block_show(reader->input, block, &reader->error);

	if (status == SCAP_OK)
		status = meta_machine(block, &reader->machine, &reader->error);
	if (status != SCAP_OK)
		return status;
	reader->have_machine = true;
	input_skip(reader->input, block->total);
	return SCAP_OK;
}

static uint32_t *list_counter(struct scap_file_info *info, const struct list_format *format)
{
	if (format->decode == decode_thread)
		return &info->processes;
	if (format->decode == decode_fd)
		return &info->fds;
	return format->decode == decode_user ? &info->users : &info->interfaces;
}

static int on_list(struct reader *reader, struct block *block, const struct list_format *format)
{
	int status = block_show(reader->input, block, &reader->error);

	if (status == SCAP_OK)
		status = lists_take(&reader->lists, format, block, list_counter(&reader->info, format),
				    &reader->error);
	if (status == SCAP_OK)
		input_skip(reader->input, block->total);
	return status;
}

static bool has_flags(uint32_t type)
{
	return type == BLOCK_EVENT_FLAGS_V1 || type == BLOCK_EVENT_FLAGS_V2 ||
	       type == BLOCK_EVENT_FLAGS_V2_LARGE;
}

static unsigned event_version(uint32_t type)
{
	return type == BLOCK_EVENT_V1 || type == BLOCK_EVENT_V1_OLD || type == BLOCK_EVENT_FLAGS_V1 ? 1 : 2;
}

/* Make reader->item of an event block. *known = false: this library does not know events of its type. */
static int take_event(struct reader *reader, const struct block *block, bool *known, struct scap_error *err)
{
	bool flags = has_flags(block->type);
	uint32_t prefix = sizeof(uint16_t) + (flags ? sizeof(uint32_t) : 0);
	struct event_source source = {.version = event_version(block->type), .swap = block->swap};
	uint16_t type;
	int status;

	if (block->size < prefix)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "too short");
	source.bytes = block->body + prefix;
	source.room = block->size - prefix;
	status = import_type(&source, &type, err);
	if (status != SCAP_OK)
		return status;
	*known = frame_known(type);
	if (!*known)
		return SCAP_OK;
	reader->item.cpu = order_u16(load_u16(block->body), block->swap);
	reader->item.flags = flags ? order_u32(load_u32(block->body + 2), block->swap) : 0;
	return import_event(&reader->importer, &source, &reader->item.event, err);
}

static int on_event(struct reader *reader, struct block *block)
{
	int status = block_show(reader->input, block, &reader->error);
	struct scap_error why;
	bool known = false;

	if (status != SCAP_OK)
		return status;
	status = take_event(reader, block, &known, &why);
	if (status != SCAP_OK)
		return scap_fail(&reader->error, status, "event block at byte %llu: %s",
				 (unsigned long long)block->offset, why.text);
	if (known) {
		reader->shown = block->total;
	} else {
		reader->info.unknown_events++;
		input_skip(reader->input, block->total);
	}
	return SCAP_OK;
}

/* A list, or a block that we do not know. */
static int on_other(struct reader *reader, struct block *block)
{
	const struct list_format *format = list_format(block->type);
	int status;

	if (format)
		return on_list(reader, block, format);
	status = block_skip(reader->input, block, &reader->error);
	if (status == SCAP_OK)
		reader->info.skipped_blocks++;
	return status;
}

static block_handler handler_of(uint32_t type)
{
	switch (type) {
	case BLOCK_EVENT_V2:
	case BLOCK_EVENT_FLAGS_V2:
	case BLOCK_EVENT_V2_LARGE:
	case BLOCK_EVENT_FLAGS_V2_LARGE:
	case BLOCK_EVENT_V1:
	case BLOCK_EVENT_V1_OLD:
	case BLOCK_EVENT_FLAGS_V1:
		return on_event;
	case BLOCK_SECTION:
		return on_section;
	case BLOCK_MACHINE:
	case BLOCK_MACHINE_OLD:
		return on_machine;
	default:
		return on_other;
	}
}

static int next_block(struct reader *reader, bool here)
{
	struct block block = {.swap = reader->swap};
	int status = block_begin(reader->input, &block, &reader->error);

	if (status != SCAP_OK)
		return status;
	if (here && block.type == BLOCK_SECTION)
		return SCAP_UNEXPECTED_BLOCK;
	return handler_of(block.type)(reader, &block);
}

int reader_peek(struct reader *reader, bool here, struct scap_item *item, struct scap_error *err)
{
	while (reader->shown == 0 && reader->status == SCAP_OK) {
		int status = next_block(reader, here);

		if (status == SCAP_UNEXPECTED_BLOCK)
			return status;
		reader->status = status;
	}
	if (reader->shown > 0) {
		*item = reader->item;
		return SCAP_OK;
	}
	if (reader->status != SCAP_EOF)
		*err = reader->error;
	return reader->status;
}

void reader_consume(struct reader *reader)
{
	input_skip(reader->input, reader->shown);
	reader->shown = 0;
}

const uint8_t *reader_here(const struct reader *reader, size_t *left)
{
	const uint8_t *here = input_here(reader->input, left);

	if (reader->shown > 0 || reader->swap)
		*left = 0;
	return here;
}

void reader_skip(struct reader *reader, size_t size)
{
	input_skip(reader->input, size);
}

/* Said before anything else is, or a text file would have "a block of type 0x6c6c6568". */
static int check_beginning(struct input *input, struct scap_error *err)
{
	size_t got;
	const uint8_t *first = input_peek(input, sizeof(uint32_t), &got);

	if (got == 0 && input_status(input, err) == SCAP_OK)
		return scap_fail(err, SCAP_INPUT_TOO_SMALL, "not a .scap file: it is empty");
	if (got < sizeof(uint32_t) || load_u32(first) == BLOCK_SECTION)
		return SCAP_OK; /* too short: the first block tells */
	return scap_fail(err, SCAP_ILLEGAL_INPUT, "not a .scap file: it begins with 0x%08x", load_u32(first));
}

int reader_open(struct input *input, struct reader **out, struct scap_error *err)
{
	struct reader *reader = calloc(1, sizeof(*reader));
	struct scap_item item;
	struct scap_error why;
	int status;

	if (!reader) {
		input_close(input);
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	}
	reader->input = input;
	status = check_beginning(input, err);
	if (status == SCAP_OK) {
		status = reader_peek(reader, false, &item, &why);
		if (reader->info.sections > 0) { /* damage further on is told when the reader gets there */
			*out = reader;
			return SCAP_OK;
		}
		scap_fail(err, status, "%s", why.text);
	}
	reader_close(reader);
	return status;
}

void reader_close(struct reader *reader)
{
	if (!reader)
		return;
	input_close(reader->input);
	lists_free(&reader->lists);
	importer_free(&reader->importer);
	free(reader);
}

int reader_machine_info(const struct reader *reader, struct scap_machine_info *out, struct scap_error *err)
{
	if (!reader->have_machine)
		return scap_fail(err, SCAP_NOT_FOUND, "the file has no machine info (yet)");
	*out = reader->machine;
	return SCAP_OK;
}

void reader_file_info(const struct reader *reader, struct scap_file_info *out)
{
	*out = reader->info;
	out->offset = input_offset(reader->input);
	out->unknown_entries = reader->lists.unknown;
}

const struct lists *reader_lists(const struct reader *reader)
{
	return &reader->lists;
}
