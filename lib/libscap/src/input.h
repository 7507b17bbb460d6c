/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of a capture, from a file, a pipe or memory; gzip is taken off on the way. */
#ifndef SCAP_INPUT_H
#define SCAP_INPUT_H

#include "scap.h"

struct input;

int input_open_file(const char *path, struct input **out, struct scap_error *err);
int input_open_fd(int fd, struct input **out, struct scap_error *err);
int input_open_memory(const void *data, size_t size, struct input **out, struct scap_error *err);
void input_close(struct input *input);

/*
 * Show the next bytes without taking them: `want` of them in one piece, or fewer (*got) where the input ends
 * or is damaged; input_status() then tells which. Valid until the next call of input_peek().
 */
const uint8_t *input_peek(struct input *input, size_t want, size_t *got);

/* Show what is in memory without reading more. Valid as that of input_peek(). */
const uint8_t *input_here(const struct input *input, size_t *got);

/* Take `size` bytes, at most as many as the last input_peek() or input_here() showed. */
void input_skip(struct input *input, size_t size);

/* How many (uncompressed) bytes were taken. */
uint64_t input_offset(const struct input *input);

/* SCAP_OK, or why no more bytes can be had: a read error, a cut or damaged gzip stream, no memory. */
int input_status(const struct input *input, struct scap_error *err);

#endif
