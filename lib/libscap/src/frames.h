/* SPDX-License-Identifier: Apache-2.0 */
/* Memory for events that cannot be shown where they lie: what is in it stays where it is while more is made. */
#ifndef SCAP_FRAMES_H
#define SCAP_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct frames_chunk {
	struct frames_chunk *older;
	size_t size;
	uint8_t bytes[];
};

/* All 0 at the beginning. */
struct frames {
	struct frames_chunk *newest;
	size_t used; /* of the newest */
};

/* As frames_room(), where the newest chunk does not have it. */
void *frames_grow(struct frames *frames, size_t size);
void frames_free(struct frames *frames);
/* As frames_clear(), if there are several chunks. */
void frames_shrink(struct frames *frames);

/* Room for `size` bytes, free until frames_keep() takes what of it is needed. NULL: no memory. */
static inline void *frames_room(struct frames *frames, size_t size)
{
	if (!frames->newest || frames->newest->size - frames->used < size)
		return frames_grow(frames, size);
	return frames->newest->bytes + frames->used;
}

static inline void frames_keep(struct frames *frames, size_t size)
{
	frames->used += size;
}

/* Whether there is more than the usual in it: time to show it, and to clear. */
static inline bool frames_many(const struct frames *frames)
{
	return frames->newest && frames->newest->older;
}

/* Nothing that was made is needed any more. */
static inline void frames_clear(struct frames *frames)
{
	frames->used = 0;
	if (frames_many(frames))
		frames_shrink(frames);
}

#endif
