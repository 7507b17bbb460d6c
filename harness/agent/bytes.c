/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"

#include <stdlib.h>
#include <string.h>

struct reader reader_of(const void *data, size_t size)
{
	return (struct reader){.next = data, .left = size};
}

const uint8_t *read_bytes(struct reader *r, size_t size)
{
	if (r->bad || size > r->left) {
		r->bad = true;
		return NULL;
	}
	const uint8_t *bytes = r->next;
	r->next += size;
	r->left -= size;
	return bytes;
}

static uint64_t read_int(struct reader *r, size_t size)
{
	const uint8_t *bytes = read_bytes(r, size);
	uint64_t value = 0;

	for (size_t i = 0; bytes && i < size; i++)
		value |= (uint64_t)bytes[i] << (8 * i);
	return value;
}

uint8_t read_u8(struct reader *r)
{
	return (uint8_t)read_int(r, 1);
}

uint16_t read_u16(struct reader *r)
{
	return (uint16_t)read_int(r, 2);
}

uint32_t read_u32(struct reader *r)
{
	return (uint32_t)read_int(r, 4);
}

uint64_t read_u64(struct reader *r)
{
	return read_int(r, 8);
}

void read_string(struct reader *r, char *out, size_t size)
{
	uint32_t length = read_u32(r);
	const uint8_t *bytes = read_bytes(r, length);

	out[0] = '\0';
	if (!bytes)
		return;
	if (length >= size || memchr(bytes, '\0', length)) {
		r->bad = true;
		return;
	}
	memcpy(out, bytes, length);
	out[length] = '\0';
}

void writer_free(struct writer *w)
{
	free(w->data);
	*w = (struct writer){0};
}

void write_bytes(struct writer *w, const void *data, size_t size)
{
	if (size > w->room - w->size) {
		size_t room = 2 * (w->size + size);
		uint8_t *grown = realloc(w->data, room);
		if (!grown) {
			w->bad = true;
			return;
		}
		w->data = grown;
		w->room = room;
	}
	if (size > 0)
		memcpy(w->data + w->size, data, size);
	w->size += size;
}

static void write_int(struct writer *w, uint64_t value, size_t size)
{
	uint8_t bytes[8];

	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(value >> (8 * i));
	write_bytes(w, bytes, size);
}

void write_u8(struct writer *w, uint8_t value)
{
	write_int(w, value, 1);
}

void write_u16(struct writer *w, uint16_t value)
{
	write_int(w, value, 2);
}

void write_u32(struct writer *w, uint32_t value)
{
	write_int(w, value, 4);
}

void write_u64(struct writer *w, uint64_t value)
{
	write_int(w, value, 8);
}

void write_sized(struct writer *w, const void *data, size_t size)
{
	write_u32(w, (uint32_t)size);
	write_bytes(w, data, size);
}

void write_string(struct writer *w, const char *text)
{
	write_sized(w, text, strlen(text));
}

void patch_u32(struct writer *w, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4 && at + i < w->size; i++)
		w->data[at + i] = (uint8_t)(value >> (8 * i));
}
