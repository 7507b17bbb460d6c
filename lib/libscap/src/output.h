/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to a file or to memory, with or without gzip. The first failure stays: later calls repeat it. */
#ifndef SCAP_OUTPUT_H
#define SCAP_OUTPUT_H

#include <stdbool.h>

#include "scap.h"

struct output;

/* `path` NULL: into memory; "-": to standard output. */
int output_open(const char *path, bool gzip, struct output **out, struct scap_error *err);

/* To a copy of this descriptor. */
int output_open_fd(int fd, bool gzip, struct output **out, struct scap_error *err);

/* Bytes so far: before compression, and in the file (gzip: without what the compressor holds). */
uint64_t output_plain_bytes(const struct output *output);
uint64_t output_file_bytes(const struct output *output);

/* NULL if it was not opened by name. */
const char *output_path(const struct output *output);

int output_write(struct output *output, const void *data, size_t size, struct scap_error *err);

/* Everything so far can be read by somebody else (gzip: full flush). */
int output_flush(struct output *output, struct scap_error *err);

/* Memory only: flush, and end the gzip member so that what is shown is complete. Later writes begin another
 * member. */
int output_memory(struct output *output, const void **data, size_t *size, struct scap_error *err);

/* Finish and free. */
int output_close(struct output *output, struct scap_error *err);

#endif
