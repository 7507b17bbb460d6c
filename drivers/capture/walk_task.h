/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* From a task to its memory sizes, page faults and capabilities, as parameters. */
#ifndef CAPTURE_WALK_TASK_H
#define CAPTURE_WALK_TASK_H

/* Pages, never negative: the kernel's per-CPU parts may make the sum so for a moment. */
static __always_inline u32 walk_kib(s64 pages)
{
	return pages > 0 ? (u32)(pages << (page_shift() - 10)) : 0;
}

/* Virtual size, resident and swapped out, in KiB, u32 each; zeroes for a task without memory. */
static __always_inline void push_mm_sizes(struct capture_ctx *c, struct task_struct *task)
{
	struct mm_struct *mm = KREAD(task, mm);

	if (!mm) {
		push_u32(c, 0);
		push_u32(c, 0);
		push_u32(c, 0);
		return;
	}
	push_u32(c, walk_kib(KREAD(mm, total_vm)));
	push_u32(c, walk_kib(walk_mm_counter(mm, WALK_MM_FILEPAGES) + walk_mm_counter(mm, WALK_MM_ANONPAGES) +
			     walk_mm_counter(mm, WALK_MM_SHMEMPAGES)));
	push_u32(c, walk_kib(walk_mm_counter(mm, WALK_MM_SWAPENTS)));
}

static __always_inline void push_page_faults(struct capture_ctx *c, struct task_struct *task)
{
	push_u64(c, KREAD(task, maj_flt));
	push_u64(c, KREAD(task, min_flt));
}

/* Inheritable, permitted, effective; u64 each. */
static __always_inline void push_capabilities(struct capture_ctx *c, struct task_struct *task)
{
	const struct cred *cred = KREAD(task, cred);

	push_u64(c, scap_map_capabilities(walk_capability(KADDR(cred, cap_inheritable))));
	push_u64(c, scap_map_capabilities(walk_capability(KADDR(cred, cap_permitted))));
	push_u64(c, scap_map_capabilities(walk_capability(KADDR(cred, cap_effective))));
}

#endif
