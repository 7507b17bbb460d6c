/* SPDX-License-Identifier: Apache-2.0 */
/* How failures travel: a status is returned, and its text is written where the caller said. */
#ifndef SCAP_ERROR_H
#define SCAP_ERROR_H

#include "scap.h"

/* Write the text (err may be NULL) and return `status`, so that `return scap_fail(…)` reads well. */
int scap_fail(struct scap_error *err, int status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
