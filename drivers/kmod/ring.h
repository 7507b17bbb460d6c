/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * A ring of whole events, written by one CPU and read by one user-space process without copying.
 *
 * The data pages are mapped twice, back to back, in the kernel and in user space: an event that wraps is
 * still one piece. Positions count bytes since the ring was made and never wrap (64 bits).
 */
#ifndef SCAPYARD_RING_H
#define SCAPYARD_RING_H

#include <linux/mm_types.h>
#include <linux/types.h>
#include "device_abi.h"

struct ring {
	struct scapyard_consumer_page *consumer; /* user space writes it: believe nothing in it */
	struct scapyard_producer_page *producer;
	u8 *data;
	u64 size;		 /* of data, a power of two */
	struct page **pages;	 /* consumer, producer, data, data again */
	unsigned long num_pages; /* distinct ones */
};

/* A ring of `size` bytes (a power of two, whole pages) near `cpu`, or NULL when memory is short. May sleep.
 */
struct ring *ring_create(u64 size, int cpu);
/* NULL is allowed. */
void ring_destroy(struct ring *ring);

/* Pages that one ring takes of the device's mmap range. */
static inline unsigned long ring_mapped_pages(u64 size)
{
	return 2 + 2 * (size >> PAGE_SHIFT);
}
/* Map the ring from its page `first` on. -EPERM: a page other than the consumer's would become writable. */
int ring_mmap(struct ring *ring, struct vm_area_struct *vma, unsigned long first);

/* Append an event of `len` bytes. False: there is no room. Preemption is off and the caller is on the ring's
 * CPU. */
bool ring_append(struct ring *ring, const void *event, u32 len);
/* Forget everything unread. Nobody may be appending. */
void ring_clear(struct ring *ring);

#endif
