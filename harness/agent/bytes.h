/* SPDX-License-Identifier: Apache-2.0 */
/* Little-endian reading with a length check on every field, and a growing little-endian writer. */
#ifndef AGENT_BYTES_H
#define AGENT_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads past the end give zeros and set `bad`: check it once, after a group of reads. */
struct reader {
	const uint8_t *next;
	size_t left;
	bool bad;
};

struct reader reader_of(const void *data, size_t size);
/* The next `size` bytes, or NULL. */
const uint8_t *read_bytes(struct reader *r, size_t size);
uint8_t read_u8(struct reader *r);
uint16_t read_u16(struct reader *r);
uint32_t read_u32(struct reader *r);
uint64_t read_u64(struct reader *r);
/* u32 length, then that many bytes without a NUL, copied to `out` as a string of less than `size` bytes. */
void read_string(struct reader *r, char *out, size_t size);

/* Running out of memory sets `bad`; the writer stays usable. */
struct writer {
	uint8_t *data;
	size_t size;
	size_t room;
	bool bad;
};

void writer_free(struct writer *w);
void write_bytes(struct writer *w, const void *data, size_t size);
void write_u8(struct writer *w, uint8_t value);
void write_u16(struct writer *w, uint16_t value);
void write_u32(struct writer *w, uint32_t value);
void write_u64(struct writer *w, uint64_t value);
/* u32 length, then the bytes. */
void write_sized(struct writer *w, const void *data, size_t size);
void write_string(struct writer *w, const char *text);
/* Set the u32 at `at`, written before. */
void patch_u32(struct writer *w, size_t at, uint32_t value);

#endif
