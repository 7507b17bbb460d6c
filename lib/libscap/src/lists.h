/* SPDX-License-Identifier: Apache-2.0 */
/* What the lists of a section say, whatever version they were written in. */
#ifndef SCAP_LISTS_H
#define SCAP_LISTS_H

#include "block.h"
#include "cursor.h"

struct array {
	void *items;
	size_t count, capacity; /* in items */
};

struct lists {
	struct array threads, fds, interfaces, users, groups;
	struct array texts; /* of char */
	uint32_t unknown;   /* entries of an unknown type */
	bool no_memory;
};

void lists_clear(struct lists *lists);
void lists_free(struct lists *lists);

/* A new item of `size` bytes, all 0, at the end; NULL without memory. */
void *lists_add(struct lists *lists, struct array *array, size_t size);

/* The last item is not wanted after all. */
static inline void lists_drop(struct array *array)
{
	array->count--;
}

/* A copy of these bytes that stays. */
struct scap_text lists_text(struct lists *lists, const void *bytes, size_t size);

/* A text of a file: u16 length, bytes. */
struct scap_text take_text(struct cursor *cursor, struct lists *lists);

/* How an entry ended. */
enum entry_status { ENTRY_OK, ENTRY_BROKEN, ENTRY_UNKNOWN_TYPE };

/* How the entries of a list are laid out: by its block code, format.h. */
struct list_format {
	/* Decode one entry into `lists`. `entry` ends where the entry does, or for a list without lengths where the
	 * block does. */
	enum entry_status (*decode)(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid);
	const char *name;
	unsigned version;
	bool has_tid;	    /* a u64 tid stands before the entries */
	bool has_length;    /* each entry begins with a u32 length ... */
	bool counts_length; /* ... which counts itself */
};

enum entry_status decode_thread(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid);
enum entry_status decode_fd(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid);
enum entry_status decode_interface(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid);
enum entry_status decode_user(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid);

/* NULL: that block is no list. */
const struct list_format *list_format(uint32_t block_type);

/* Decode a block that block_show() has checked; *entries += how many there were. */
int lists_take(struct lists *lists, const struct list_format *format, const struct block *block,
	       uint32_t *entries, struct scap_error *err);

#endif
