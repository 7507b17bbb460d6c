/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Bit fields have no address, but reading without faulting needs one: where the bits lie is found out once,
 * at load. */
#ifndef SCAPYARD_KERNEL_BITS_H
#define SCAPYARD_KERNEL_BITS_H

#include <linux/types.h>

struct kernel_bit {
	size_t offset; /* of its byte in the structure */
	u8 mask;
};

/* Of struct signal_struct. */
extern struct kernel_bit bit_is_child_subreaper;
extern struct kernel_bit bit_has_child_subreaper;

/* -ENOMEM */
int kernel_bits_find(void);

#endif
