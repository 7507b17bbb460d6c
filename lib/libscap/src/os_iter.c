/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "os_iter.h"

#define BUFFER		((size_t)256 << 10)
#define MAGIC_ANON	0x09041934
#define MAGIC_TMPFS	0x01021994
#define MAGIC_HUGETLBFS 0x958458f6

/* A name of a path stands before those that came until now. */
static void take_name(struct os_iter_record *record, unsigned which, const char *name, size_t size)
{
	struct os_iter_text *text = &record->texts[which];
	char *room = record->paths[which];

	if (text->size + size + 1 > OS_ITER_PATH - 1) {
		text->flags |= ITER_INCOMPLETE;
		return;
	}
	text->size += size + 1;
	text->at = room + OS_ITER_PATH - 1 - text->size;
	room[OS_ITER_PATH - 1 - text->size] = '/';
	memcpy(room + OS_ITER_PATH - text->size, name, size);
}

static bool take_part(struct os_iter_record *record, const struct iter_part *part, const char *bytes)
{
	struct os_iter_text *text;

	if (part->text >= OS_ITER_TEXTS)
		return false;
	text = &record->texts[part->text];
	text->flags |= part->flags;
	if (part->text < OS_ITER_PATHS && part->size > 0) {
		take_name(record, part->text, bytes, part->size);
	} else if (part->text >= OS_ITER_PATHS) {
		text->at = bytes;
		text->size = part->size;
	}
	return true;
}

static void begin(struct os_iter_record *record)
{
	memset(record->texts, 0, sizeof(record->texts));
	for (size_t i = 0; i < OS_ITER_PATHS; i++) {
		record->paths[i][OS_ITER_PATH - 1] = 0;
		record->texts[i].at = &record->paths[i][OS_ITER_PATH - 1];
	}
}

/* The structure that a record of this kind and size begins with; 0: there is none such. */
static size_t head_size(const __u32 head[2])
{
	if (head[0] == ITER_TASK && head[1] == sizeof(struct iter_task))
		return head[1];
	return head[0] == ITER_FILE && head[1] == sizeof(struct iter_file) ? head[1] : 0;
}

ssize_t os_iter_parse(const uint8_t *bytes, size_t size, struct os_iter_record *record)
{
	struct iter_part part;
	__u32 head[2];
	size_t at;

	if (size < sizeof(head))
		return 0;
	memcpy(head, bytes, sizeof(head));
	at = head_size(head);
	if (at == 0)
		return -1;
	if (size < at)
		return 0;
	begin(record);
	memcpy(&record->task, bytes, at);
	for (;;) {
		if (size - at < sizeof(part))
			return 0;
		memcpy(&part, bytes + at, sizeof(part));
		at += sizeof(part);
		if (part.text == ITER_END)
			return (ssize_t)at;
		if (size - at < part.size)
			return 0;
		if (!take_part(record, &part, (const char *)bytes + at))
			return -1;
		at += part.size;
	}
}

/* Bytes read; 0 at the end; -1: `err` tells why. A kernel that was busy for long says EAGAIN, and goes on
 * when asked again. */
static ssize_t fill(struct os_iter *iter, int fd, struct scap_error *err)
{
	ssize_t got;

	memmove(iter->bytes, iter->bytes + iter->at, iter->end - iter->at);
	iter->end -= iter->at;
	iter->at = 0;
	do
		got = read(fd, iter->bytes + iter->end, BUFFER - iter->end);
	while (got < 0 && (errno == EINTR || errno == EAGAIN));
	if (got < 0)
		scap_fail(err, SCAP_FAILURE, "reading an iterator: %s", strerror(errno));
	else
		iter->end += (size_t)got;
	return got;
}

enum os_iter_status os_iter_next(struct os_iter *iter, int fd, struct scap_error *err)
{
	ssize_t size, got;

	if (!iter->bytes)
		iter->bytes = malloc(BUFFER);
	if (!iter->bytes) {
		scap_fail(err, SCAP_FAILURE, "out of memory");
		return OS_ITER_FAILED;
	}
	while ((size = os_iter_parse(iter->bytes + iter->at, iter->end - iter->at, &iter->record)) == 0) {
		if (iter->end - iter->at == BUFFER)
			break;
		got = fill(iter, fd, err);
		if (got < 0)
			return OS_ITER_FAILED;
		if (got == 0 && iter->end == 0)
			return OS_ITER_END;
		if (got == 0)
			break;
	}
	if (size > 0) {
		iter->at += (size_t)size;
		return OS_ITER_RECORD;
	}
	scap_fail(err, SCAP_FAILURE, "an iterator wrote a record that is %s",
		  size < 0 ? "of no known kind" : "not complete");
	return OS_ITER_FAILED;
}

void os_iter_end(struct os_iter *iter)
{
	free(iter->bytes);
	iter->bytes = NULL;
	iter->at = iter->end = 0;
}

/* Put before and after what there is; the room ends with the path. */
static bool frame(struct os_iter_record *record, unsigned which, const char *before, const char *after)
{
	struct os_iter_text *text = &record->texts[which];
	size_t head = strlen(before), tail = strlen(after);
	char *end = record->paths[which] + OS_ITER_PATH - 1, *from;

	if (text->size + head + tail > OS_ITER_PATH - 1)
		return false;
	from = end - text->size - head - tail;
	memmove(from + head, end - text->size, text->size);
	memcpy(from, before, head);
	memcpy(end - tail, after, tail);
	text->size += head + tail;
	text->at = from;
	return true;
}

/* Something without a place in a tree has the one name that its file system makes up: see the d_dname of
 * each. */
static bool name_detached(struct os_iter_record *record, unsigned which, uint32_t magic)
{
	struct os_iter_text *text = &record->texts[which];

	if (magic == MAGIC_TMPFS || magic == MAGIC_HUGETLBFS)
		return frame(record, which, "", " (deleted)");
	if (magic != MAGIC_ANON || text->size == 0)
		return false;
	text->size--; /* its slash */
	return frame(record, which, "anon_inode:", "");
}

bool os_iter_path(struct os_iter_record *record, unsigned which, uint32_t magic, struct os_iter_text *path)
{
	struct os_iter_text *text = &record->texts[which];
	bool good = text->flags & ITER_WHOLE && !(text->flags & ITER_INCOMPLETE);

	if (good && text->flags & ITER_DETACHED)
		good = name_detached(record, which, magic);
	else if (good)
		good = (text->size > 0 || frame(record, which, "/", "")) &&
		       (!(text->flags & ITER_DELETED) || frame(record, which, "", " (deleted)"));
	*path = *text;
	return good;
}
