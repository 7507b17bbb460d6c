/* SPDX-License-Identifier: Apache-2.0 */
/* A capture file as a sequence of events. Metadata is taken in on the way. */
#ifndef SCAP_READER_H
#define SCAP_READER_H

#include "frame.h"
#include "input.h"
#include "lists.h"

struct reader;

/* Takes over `input`, also on failure. Reads up to the first event, so that machine info is known. */
int reader_open(struct input *input, struct reader **out, struct scap_error *err);
void reader_close(struct reader *reader);

/*
 * The next event, or SCAP_EOF, or what is wrong with the file; from there on always the same answer.
 * `here`: do not go on into another section, which would replace the lists; SCAP_UNEXPECTED_BLOCK where it
 * begins.
 */
int reader_peek(struct reader *reader, bool here, struct scap_item *item, struct scap_error *err);
/* Go past the event that reader_peek() showed. */
void reader_consume(struct reader *reader);

/*
 * The bytes of the file before us, as many as are in memory already, for quick.h. None if reader_peek() shows
 * an event, or in the other byte order.
 */
const uint8_t *reader_here(const struct reader *reader, size_t *left);
/* Go past blocks in there. What was in them stays where it is until reader_peek(). */
void reader_skip(struct reader *reader, size_t size);

int reader_machine_info(const struct reader *reader, struct scap_machine_info *out, struct scap_error *err);
void reader_file_info(const struct reader *reader, struct scap_file_info *out);
/* Of the section that the last shown event belongs to. */
const struct lists *reader_lists(const struct reader *reader);

#endif
