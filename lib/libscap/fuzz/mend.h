/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What changes captures at random must sometimes keep their outer shape, or all it tests is the check of a
 * block's length against its end.
 */
#ifndef SCAP_FUZZ_MEND_H
#define SCAP_FUZZ_MEND_H

#include <stddef.h>
#include <stdint.h>

/* Make the length at the end of each block that of its beginning; one that would go beyond the end ends
 * there. */
void mend_blocks(uint8_t *data, size_t size);

#endif
