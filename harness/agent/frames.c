/* SPDX-License-Identifier: Apache-2.0 */
#include "frames.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static void pause_briefly(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

/* A virtio port without a host reads 0 bytes, and polls as hung up, until a host connects. */
static bool read_all(const struct channel *channel, uint8_t *data, size_t size)
{
	while (size > 0) {
		ssize_t got = read(channel->in, data, size);
		if (got > 0) {
			data += got;
			size -= (size_t)got;
			continue;
		}
		if (got < 0 && errno == EINTR)
			continue;
		if (!channel->patient || (got < 0 && errno != EAGAIN))
			return false;
		pause_briefly();
	}
	return true;
}

static bool write_all(const struct channel *channel, const uint8_t *data, size_t size)
{
	while (size > 0) {
		ssize_t put = write(channel->out, data, size);
		if (put > 0) {
			data += put;
			size -= (size_t)put;
			continue;
		}
		if (put < 0 && errno == EINTR)
			continue;
		if (!channel->patient || (put < 0 && errno != EAGAIN))
			return false;
		pause_briefly();
	}
	return true;
}

enum frame_status frame_read(const struct channel *channel, struct frame *out)
{
	uint8_t head[8];

	*out = (struct frame){0};
	if (!read_all(channel, head, sizeof head))
		return FRAME_CLOSED;
	struct reader r = reader_of(head, sizeof head);
	out->size = read_u32(&r);
	out->type = read_u16(&r);
	out->id = read_u16(&r);
	if (out->size > MAX_PAYLOAD)
		return FRAME_TOO_LARGE;
	out->payload = malloc(out->size + 1);
	if (!out->payload)
		return FRAME_NO_MEMORY;
	return read_all(channel, out->payload, out->size) ? FRAME_OK : FRAME_CLOSED;
}

int frame_write(const struct channel *channel, uint16_t type, uint16_t id, const void *payload, uint32_t size)
{
	struct writer w = {0};

	write_u32(&w, size);
	write_u16(&w, type);
	write_u16(&w, id);
	write_bytes(&w, payload, size);
	bool sent = !w.bad && write_all(channel, w.data, w.size);
	writer_free(&w);
	return sent ? 0 : -EIO;
}
