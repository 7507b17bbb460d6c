// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "kernel_bits.h"

struct kernel_bit bit_is_child_subreaper __ro_after_init;
struct kernel_bit bit_has_child_subreaper __ro_after_init;

/* The one byte that is not zero. */
static struct kernel_bit __init locate(const void *structure, size_t size)
{
	const u8 *bytes = structure;
	const u8 *found = memchr_inv(bytes, 0, size);

	return (struct kernel_bit){.offset = found - bytes, .mask = *found};
}

int __init kernel_bits_find(void)
{
	struct signal_struct *signal = kzalloc(sizeof(*signal), GFP_KERNEL);

	if (!signal)
		return -ENOMEM;
	signal->is_child_subreaper = 1;
	bit_is_child_subreaper = locate(signal, sizeof(*signal));
	signal->is_child_subreaper = 0;
	signal->has_child_subreaper = 1;
	bit_has_child_subreaper = locate(signal, sizeof(*signal));
	kfree(signal);
	return 0;
}
