/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An entry of the process list. Each version before 9 added fields in the middle, and the block code tells
 * which are there; from 9 on they are appended, and the entry's length tells.
 */
#include "lists.h"

/* loginuid, exe_writable, three capability sets: what the first version with a length had behind `root`. */
#define FIRST_TAIL (4 + 1 + 3 * 8)

static void take_identity(struct cursor *entry, struct lists *lists, unsigned version, struct scap_thread *thread)
{
	thread->tid = take_u64(entry);
	thread->pid = take_u64(entry);
	thread->ptid = take_u64(entry);
	if (version >= 6)
		thread->sid = (int64_t)take_u64(entry);
	if (version >= 8)
		thread->vpgid = (int64_t)take_u64(entry);
	thread->comm = take_text(entry, lists);
	thread->exe = take_text(entry, lists);
	if (version >= 7)
		thread->exepath = take_text(entry, lists);
	thread->args = take_text(entry, lists);
	thread->cwd = take_text(entry, lists);
}

static void take_numbers(struct cursor *entry, unsigned version, struct scap_thread *thread)
{
	thread->fdlimit = (int64_t)take_u64(entry);
	thread->flags = take_u32(entry);
	thread->uid = take_u32(entry);
	thread->gid = take_u32(entry);
	if (version < 2)
		return;
	thread->vmsize_kb = take_u32(entry);
	thread->vmrss_kb = take_u32(entry);
	thread->vmswap_kb = take_u32(entry);
	thread->pfmajor = take_u64(entry);
	thread->pfminor = take_u64(entry);
}

static void take_environment(struct cursor *entry, struct lists *lists, unsigned version,
			     struct scap_thread *thread)
{
	if (version >= 3)
		thread->env = take_text(entry, lists);
	if (version >= 4) {
		thread->vtid = (int64_t)take_u64(entry);
		thread->vpid = (int64_t)take_u64(entry);
		thread->cgroups = take_text(entry, lists);
	}
	if (version >= 5)
		thread->root = take_text(entry, lists);
}

/* Fields that are there as far as the entry's length reaches; a part of one is none. */
static bool more(const struct cursor *entry, size_t size)
{
	return cursor_left(entry) >= size;
}

#define TAKE_TAIL(entry, field, take)                                                                        \
	do {                                                                                                 \
		if (!more(entry, sizeof(field)))                                                             \
			return;                                                                              \
		(field) = take(entry);                                                                       \
	} while (0)

static void take_tail(struct cursor *entry, struct scap_thread *thread)
{
	if (cursor_left(entry) > FIRST_TAIL) { /* these two were inserted before what was there */
		TAKE_TAIL(entry, thread->pidns_init_start_ts, take_u64);
		TAKE_TAIL(entry, thread->tty, take_u32);
	}
	TAKE_TAIL(entry, thread->loginuid, take_u32);
	TAKE_TAIL(entry, thread->exe_writable, take_u8);
	TAKE_TAIL(entry, thread->cap_inheritable, take_u64);
	TAKE_TAIL(entry, thread->cap_permitted, take_u64);
	TAKE_TAIL(entry, thread->cap_effective, take_u64);
	TAKE_TAIL(entry, thread->exe_upper_layer, take_u8);
	TAKE_TAIL(entry, thread->exe_ino, take_u64);
	TAKE_TAIL(entry, thread->exe_ino_ctime, take_u64);
	TAKE_TAIL(entry, thread->exe_ino_mtime, take_u64);
	TAKE_TAIL(entry, thread->exe_from_memfd, take_u8);
	TAKE_TAIL(entry, thread->exe_lower_layer, take_u8);
	TAKE_TAIL(entry, thread->pgid, (int64_t)take_u64);
}

enum entry_status decode_thread(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid)
{
	struct scap_thread *thread = lists_add(lists, &lists->threads, sizeof(*thread));

	(void)tid;
	if (!thread)
		return ENTRY_OK; /* the caller looks at no_memory */
	thread->sid = thread->vpgid = thread->pgid = thread->vtid = thread->vpid = -1;
	thread->loginuid = UINT32_MAX;
	take_identity(entry, lists, version, thread);
	take_numbers(entry, version, thread);
	take_environment(entry, lists, version, thread);
	if (version >= 9 && !entry->broken)
		take_tail(entry, thread);
	if (!entry->broken)
		return ENTRY_OK;
	lists_drop(&lists->threads);
	return ENTRY_BROKEN;
}
