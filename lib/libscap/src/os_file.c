/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "os_file.h"

int os_open(int dir, const char *path)
{
	return openat(dir, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

int os_open_dir(int dir, const char *path)
{
	return openat(dir, path, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
}

/* Files of /proc may give less than they have: read until nothing comes. */
static ssize_t read_fd(int fd, char *to, size_t room)
{
	size_t size = 0;

	while (size < room) {
		ssize_t got = read(fd, to + size, room - size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		size += (size_t)got;
	}
	return (ssize_t)size;
}

ssize_t os_read(int dir, const char *path, char *to, size_t room)
{
	int fd = os_open(dir, path), why;
	ssize_t size;

	to[0] = 0;
	if (fd < 0)
		return -1;
	size = read_fd(fd, to, room - 1);
	why = errno;
	close(fd);
	errno = why;
	to[size > 0 ? size : 0] = 0;
	return size;
}

ssize_t os_link(int dir, const char *path, char *to, size_t room)
{
	ssize_t size = readlinkat(dir, path, to, room - 1);

	to[size > 0 ? size : 0] = 0;
	return size;
}

static bool grow(struct os_buffer *buffer)
{
	size_t capacity = buffer->capacity ? 2 * buffer->capacity : 16384;
	char *larger = realloc(buffer->data, capacity);

	if (!larger)
		return false;
	buffer->data = larger;
	buffer->capacity = capacity;
	return true;
}

bool os_read_all(int dir, const char *path, struct os_buffer *buffer, size_t max)
{
	int fd = os_open(dir, path), why;
	bool good = fd >= 0;
	ssize_t got = 1;

	buffer->size = 0;
	while (good && got > 0 && buffer->size < max) {
		if (buffer->capacity - buffer->size < 4096 && !grow(buffer)) {
			good = false;
			break;
		}
		got = read_fd(fd, buffer->data + buffer->size, buffer->capacity - buffer->size - 1);
		good = got >= 0;
		buffer->size += good ? (size_t)got : 0;
	}
	why = errno;
	if (fd >= 0)
		close(fd);
	errno = why;
	if (good)
		buffer->data[buffer->size] = 0;
	return good;
}
