/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 (FIPS 180-4) of a buffer, as 64 hexadecimal digits and a NUL. */
#ifndef SCAP_SHA256_H
#define SCAP_SHA256_H

#include <stddef.h>

void scap_sha256_hex(const void *data, size_t size, char out[65]);

#endif
