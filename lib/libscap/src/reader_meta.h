/* SPDX-License-Identifier: Apache-2.0 */
/* Decode the blocks that are not events. Each takes a block that block_show() has checked. */
#ifndef SCAP_READER_META_H
#define SCAP_READER_META_H

#include "block.h"

/* Section header: SCAP_VERSION_MISMATCH for a newer major version. */
int meta_section(const struct block *block, struct scap_error *err);

int meta_machine(const struct block *block, struct scap_machine_info *out, struct scap_error *err);

#endif
