/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "frames.h"

#define CHUNK ((size_t)64 << 10)

void *frames_grow(struct frames *frames, size_t size)
{
	size_t room = size > CHUNK ? size : CHUNK;
	struct frames_chunk *chunk = malloc(sizeof(*chunk) + room);

	if (!chunk)
		return NULL;
	*chunk = (struct frames_chunk){.older = frames->newest, .size = room};
	frames->newest = chunk;
	frames->used = 0;
	return chunk->bytes;
}

static void free_chunks(struct frames_chunk *chunk)
{
	while (chunk) {
		struct frames_chunk *older = chunk->older;

		free(chunk);
		chunk = older;
	}
}

void frames_shrink(struct frames *frames)
{
	free_chunks(frames->newest->older);
	frames->newest->older = NULL;
}

void frames_free(struct frames *frames)
{
	free_chunks(frames->newest);
	*frames = (struct frames){0};
}
