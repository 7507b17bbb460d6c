/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "error.h"
#include "format.h"
#include "lists.h"

void lists_clear(struct lists *lists)
{
	lists->threads.count = 0;
	lists->fds.count = 0;
	lists->interfaces.count = 0;
	lists->users.count = 0;
	lists->groups.count = 0;
	lists->texts.count = 0;
}

void lists_free(struct lists *lists)
{
	free(lists->threads.items);
	free(lists->fds.items);
	free(lists->interfaces.items);
	free(lists->users.items);
	free(lists->groups.items);
	free(lists->texts.items);
}

/* Room for `more` items behind the last one. */
static void *reserve(struct lists *lists, struct array *array, size_t more, size_t size)
{
	size_t capacity = array->capacity ? array->capacity : 64;
	void *larger;

	while (capacity < array->count + more)
		capacity *= 2;
	if (capacity > array->capacity) {
		larger = realloc(array->items, capacity * size);
		if (!larger) {
			lists->no_memory = true;
			return NULL;
		}
		array->items = larger;
		array->capacity = capacity;
	}
	return (char *)array->items + array->count * size;
}

void *lists_add(struct lists *lists, struct array *array, size_t size)
{
	void *item = reserve(lists, array, 1, size);

	if (!item)
		return NULL;
	array->count++;
	return memset(item, 0, size);
}

struct scap_text lists_text(struct lists *lists, const void *bytes, size_t size)
{
	struct scap_text text = {0};
	char *copy;

	if (lists->texts.count + size + 1 > UINT32_MAX) { /* more than a scap_text can point at */
		lists->no_memory = true;
		return text;
	}
	copy = reserve(lists, &lists->texts, size + 1, 1);
	if (!copy)
		return text;
	if (size > 0)
		memcpy(copy, bytes, size);
	copy[size] = 0;
	text.at = (uint32_t)lists->texts.count;
	text.size = (uint32_t)size;
	lists->texts.count += size + 1;
	return text;
}

struct scap_text take_text(struct cursor *cursor, struct lists *lists)
{
	uint16_t size = take_u16(cursor);
	const uint8_t *bytes = take_bytes(cursor, size);

	return lists_text(lists, bytes, bytes ? size : 0);
}

static int bad_entry(const struct list_format *format, const struct block *block, const uint8_t *at,
		     const char *why, struct scap_error *err)
{
	uint64_t offset = block->offset + BLOCK_HEADER + (uint64_t)(at - block->body);

	return scap_fail(err, SCAP_ILLEGAL_INPUT, "list of %s v%u: the entry at byte %llu %s", format->name,
			 format->version, (unsigned long long)offset, why);
}

/* Cut the next entry off the list. False if its length cannot be. */
static bool next_entry(const struct list_format *format, struct cursor *list, struct cursor *entry)
{
	uint64_t length;

	*entry = *list;
	if (!format->has_length)
		return true;
	length = take_u32(list);
	if (format->counts_length) {
		if (length < sizeof(uint32_t))
			return false;
		length -= sizeof(uint32_t);
	}
	entry->at = list->at;
	if (!take_bytes(list, length))
		return false;
	entry->end = list->at;
	return true;
}

static int take_entry(struct lists *lists, const struct list_format *format, const struct block *block,
		      struct cursor *list, uint64_t tid, struct scap_error *err)
{
	const uint8_t *start = list->at;
	struct cursor entry;

	if (!next_entry(format, list, &entry))
		return bad_entry(format, block, start, "says a length that cannot be", err);
	switch (format->decode(&entry, lists, format->version, tid)) {
	case ENTRY_OK:
		break;
	case ENTRY_BROKEN:
		return bad_entry(format, block, start, "ends inside a field", err);
	case ENTRY_UNKNOWN_TYPE:
		if (!format->has_length) /* where the next one begins cannot be known */
			return bad_entry(format, block, start, "is of an unknown type", err);
		lists->unknown++;
		break;
	}
	if (lists->no_memory)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	if (!format->has_length)
		list->at = entry.at;
	return SCAP_OK;
}

int lists_take(struct lists *lists, const struct list_format *format, const struct block *block,
	       uint32_t *entries, struct scap_error *err)
{
	struct cursor list = {.at = block->body, .end = block->body + block->size, .swap = block->swap};
	uint64_t tid = format->has_tid ? take_u64(&list) : 0;

	if (list.broken)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "list of %s v%u at byte %llu: no room for a tid",
				 format->name, format->version, (unsigned long long)block->offset);
	while (cursor_left(&list) >= sizeof(uint32_t)) { /* fewer bytes are padding */
		int status = take_entry(lists, format, block, &list, tid, err);

		if (status != SCAP_OK)
			return status;
		++*entries;
	}
	return SCAP_OK;
}
