// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/irqflags.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/topology.h>
#include <linux/vmalloc.h>
#include "compat.h"
#include "ring.h"

#define CONTROL_PAGES 2

static int ring_alloc_pages(struct ring *ring, int node)
{
	unsigned long data_pages = ring->size >> PAGE_SHIFT;
	unsigned long i;

	for (i = 0; i < CONTROL_PAGES + data_pages; i++) {
		struct page *page = alloc_pages_node(node, GFP_KERNEL_ACCOUNT | __GFP_ZERO | __GFP_NOWARN, 0);

		if (!page)
			return -ENOMEM;
		ring->pages[i] = page;
		if (i >= CONTROL_PAGES)
			ring->pages[i + data_pages] = page;
		ring->num_pages = i + 1;
	}
	return 0;
}

struct ring *ring_create(u64 size, int cpu)
{
	unsigned long mapped = ring_mapped_pages(size);
	struct ring *ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	u8 *base;

	if (!ring)
		return NULL;
	ring->size = size;
	ring->pages = kvcalloc(mapped, sizeof(*ring->pages), GFP_KERNEL);
	if (!ring->pages || ring_alloc_pages(ring, cpu_to_node(cpu)))
		goto fail;
	/* VM_USERMAP lets remap_vmalloc_range() hand the doubled mapping on to user space. */
	base = vmap(ring->pages, mapped, VM_MAP | VM_USERMAP, PAGE_KERNEL);
	if (!base)
		goto fail;
	ring->consumer = (void *)base;
	ring->producer = (void *)(base + PAGE_SIZE);
	ring->data = base + CONTROL_PAGES * PAGE_SIZE;
	return ring;
fail:
	ring_destroy(ring);
	return NULL;
}

void ring_destroy(struct ring *ring)
{
	unsigned long i;

	if (!ring)
		return;
	vunmap(ring->consumer);
	/* A mapping of user space holds references of its own. */
	for (i = 0; i < ring->num_pages; i++)
		__free_page(ring->pages[i]);
	kvfree(ring->pages);
	kfree(ring);
}

int ring_mmap(struct ring *ring, struct vm_area_struct *vma, unsigned long first)
{
	bool consumer_page = first == 0 && vma->vm_end - vma->vm_start == PAGE_SIZE;

	if (!consumer_page) {
		if (vma->vm_flags & VM_WRITE)
			return -EPERM;
		compat_vm_flags_clear(vma, VM_MAYWRITE);
	}
	return remap_vmalloc_range(vma, ring->consumer, first);
}

bool ring_append(struct ring *ring, const void *event, u32 len)
{
	u64 size = ALIGN(len, SCAPYARD_EVENT_ALIGN);
	unsigned long irq_flags;
	u64 produced, used;

	/* A hook in an interrupt may append between our copy and our publishing. (Hooks in an NMI give up
	 * earlier.) */
	local_irq_save(irq_flags);
	produced = ring->producer->position;
	/* Pairs with the reader's release: it has finished with the bytes that are about to be overwritten.
	 */
	used = produced - smp_load_acquire(&ring->consumer->position);
	/* `used` beyond the size: a broken reader wrote nonsense. That is its loss: the ring counts as full.
	 */
	if (used > ring->size || ring->size - used < size) {
		local_irq_restore(irq_flags);
		return false;
	}
	memcpy(ring->data + (produced & (ring->size - 1)), event, len);
	/* Pairs with the reader's acquire: it sees the event's bytes before the position that covers them. */
	smp_store_release(&ring->producer->position, produced + size);
	local_irq_restore(irq_flags);
	return true;
}

void ring_clear(struct ring *ring)
{
	ring->consumer->position = 0;
	ring->producer->position = 0;
}
