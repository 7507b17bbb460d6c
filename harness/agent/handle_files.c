/* SPDX-License-Identifier: Apache-2.0 */
/* PUT_FILE and GET_FILE. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "requests.h"

/* Larger files are cut: /proc and logs are what this is for. */
#define MAX_FILE_BYTES (32u << 20)

static int write_whole(int fd, const uint8_t *data, size_t size)
{
	while (size > 0) {
		ssize_t put = write(fd, data, size);
		if (put < 0 && errno != EINTR)
			return -errno;
		if (put > 0) {
			data += put;
			size -= (size_t)put;
		}
	}
	return 0;
}

static int put_file(const char *path, const uint8_t *data, size_t size, mode_t mode)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	if (fd < 0)
		return -errno;
	int error = write_whole(fd, data, size);
	if (!error && fchmod(fd, mode))
		error = -errno;
	if (close(fd) && !error)
		error = -errno;
	return error;
}

/* Request: string path, u32 mode, sized content. Reply: empty. */
void handle_put_file(struct request *request)
{
	char path[1024];

	read_string(&request->in, path, sizeof path);
	uint32_t mode = read_u32(&request->in);
	uint32_t size = read_u32(&request->in);
	const uint8_t *data = read_bytes(&request->in, size);
	if (!data)
		return;
	int error = put_file(path, data, size, mode & 07777);
	if (error)
		fail(request, ERROR_FAILED, -error, strerror(-error));
}

static int get_file(const char *path, struct writer *out)
{
	uint8_t block[16384];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	ssize_t got = 0;

	if (fd < 0)
		return -errno;
	while (out->size < MAX_FILE_BYTES && (got = read(fd, block, sizeof block)) > 0)
		write_bytes(out, block, (size_t)got);
	/* /dev/kmsg says EAGAIN at its end. */
	int error = got < 0 && errno != EAGAIN ? -errno : 0;
	close(fd);
	return error;
}

/* Request: string path. Reply: the content. */
void handle_get_file(struct request *request)
{
	char path[1024];

	read_string(&request->in, path, sizeof path);
	if (request->in.bad)
		return;
	int error = get_file(path, &request->out);
	if (error)
		fail(request, ERROR_FAILED, -error, strerror(-error));
}
