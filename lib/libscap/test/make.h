/* SPDX-License-Identifier: Apache-2.0 */
/* What tests need again and again: random numbers with a seed, frames, files in memory. */
#ifndef SCAP_TEST_MAKE_H
#define SCAP_TEST_MAKE_H

#include <stdint.h>

#include "scap.h"

struct rng {
	uint64_t state;
};

uint64_t rng_next(struct rng *rng);
/* 0 … below-1 */
uint32_t rng_below(struct rng *rng, uint32_t below);

/* One to four bytes or lengths of the file become others. */
void mutate(uint8_t *data, size_t size, struct rng *rng);

#define FRAME_ROOM 4096

/* Build a frame of that type in `to` (FRAME_ROOM bytes) with `count` params of random size and content. */
struct scap_event *make_frame(uint8_t *to, uint64_t ts, uint16_t type, uint32_t count, struct rng *rng);

/* A file in memory; free() it. */
struct bytes {
	uint8_t *data;
	size_t size;
};

/* A file of `events` random events with machine info. Event i has ts 1000+i, cpu i%4, flags on every third.
 */
struct bytes make_file(uint32_t events, uint32_t writer_flags, uint64_t seed);

/* Append to a hand-made file. */
void bytes_add(struct bytes *bytes, const void *data, size_t size);
void bytes_add_u16(struct bytes *bytes, uint16_t value);
void bytes_add_u32(struct bytes *bytes, uint32_t value);
void bytes_add_u64(struct bytes *bytes, uint64_t value);
/* A block around `body`, padded and with a right trailer. */
void bytes_add_block(struct bytes *bytes, uint32_t type, const struct bytes *body);
/* A section header block, version 1.2. */
void bytes_add_section(struct bytes *bytes);
/* An event block (0x216) around `frame`. */
void bytes_add_event(struct bytes *bytes, const struct scap_event *frame);

/* Read everything. Returns the status that ended it; *events counts, *hash covers every frame, cpu and flags.
 */
int read_all(const void *data, size_t size, uint64_t *events, uint64_t *hash, struct scap_error *err);

#define ARENA_ROOM ((size_t)1 << 20)

enum way { BY_NEXT, BY_VIEWS, BY_BATCH, BY_BLOCKS };

/* What a file says, whichever function asks. */
struct reading {
	int status;
	uint64_t events, hash;
	struct scap_error err;
};

/* The same by one of the three reading functions, or by what they fall back on for each event. `raw`: events as
 * the file has them; if 0, old ones are upgraded. */
struct reading read_all_by(enum way way, int raw, const void *data, size_t size);

#endif
