/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to a file or to memory, with or without gzip. The first failure stays: later calls repeat it. */
#ifndef SCAP_OUTPUT_H
#define SCAP_OUTPUT_H

#include <stdbool.h>

#include "scap.h"

struct output;

/* `path` NULL: into memory; "-": to standard output. */
int output_open(const char *path, bool gzip, struct output **out, struct scap_error *err);

int output_write(struct output *output, const void *data, size_t size, struct scap_error *err);

/* Everything so far can be read by somebody else (gzip: full flush). */
int output_flush(struct output *output, struct scap_error *err);

/* Memory only: flush, and end the gzip member so that what is shown is complete. Later writes begin another
 * member. */
int output_memory(struct output *output, const void **data, size_t *size, struct scap_error *err);

/* Finish and free. */
int output_close(struct output *output, struct scap_error *err);

#endif
