/* SPDX-License-Identifier: Apache-2.0 */
/* Plain bytes collect in `plain`; a full buffer goes through deflate (or not) to the file or to the end of
 * `memory`. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "error.h"
#include "output.h"

#define BUFFER	    ((size_t)64 << 10)
#define WINDOW_GZIP (15 + 16)

struct output {
	int fd; /* -1: memory */
	char *path;
	uint8_t *memory;
	size_t memory_size, memory_capacity;
	bool named; /* `path` is a file that was opened by its name */
	bool gzip;
	bool member_open; /* a gzip member has begun and needs its end */
	z_stream z;
	size_t plain_size;
	uint64_t taken; /* bytes before compression */
	uint64_t sent;	/* bytes in the file */
	int status;
	struct scap_error error;
	uint8_t plain[BUFFER];
	uint8_t packed[BUFFER];
};

static int fail(struct output *output, const char *what, const char *why)
{
	output->status = scap_fail(&output->error, SCAP_FAILURE, "%s %s: %s", what,
				   output->fd < 0 ? "memory" : output->path, why);
	return output->status;
}

static int answer(const struct output *output, struct scap_error *err)
{
	if (output->status != SCAP_OK && err)
		*err = output->error;
	return output->status;
}

static int to_memory(struct output *output, const uint8_t *data, size_t size)
{
	size_t capacity = output->memory_capacity ? output->memory_capacity : BUFFER;
	uint8_t *larger;

	while (capacity - output->memory_size < size)
		capacity *= 2;
	if (capacity != output->memory_capacity) {
		larger = realloc(output->memory, capacity);
		if (!larger)
			return fail(output, "cannot write to", "out of memory");
		output->memory = larger;
		output->memory_capacity = capacity;
	}
	memcpy(output->memory + output->memory_size, data, size);
	output->memory_size += size;
	return SCAP_OK;
}

static int to_file(struct output *output, const uint8_t *data, size_t size)
{
	while (size > 0) {
		ssize_t done = write(output->fd, data, size);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fail(output, "cannot write to", strerror(errno));
		data += done; /* a short write is no failure yet: the next one tells */
		size -= (size_t)done;
	}
	return SCAP_OK;
}

static int sink(struct output *output, const uint8_t *data, size_t size)
{
	if (size == 0)
		return SCAP_OK;
	output->sent += size;
	return output->fd < 0 ? to_memory(output, data, size) : to_file(output, data, size);
}

/* Give `plain` to deflate. `mode`: Z_NO_FLUSH, Z_FULL_FLUSH or Z_FINISH. */
static int pack(struct output *output, int mode)
{
	int status, result;

	output->z.next_in = output->plain;
	output->z.avail_in = (uInt)output->plain_size;
	output->plain_size = 0;
	output->member_open = true;
	do {
		output->z.next_out = output->packed;
		output->z.avail_out = BUFFER;
		status = deflate(&output->z, mode);
		if (status == Z_STREAM_ERROR)
			return fail(output, "cannot compress to", "zlib stream error");
		result = sink(output, output->packed, BUFFER - output->z.avail_out);
	} while (result == SCAP_OK && output->z.avail_out == 0);
	if (mode == Z_FINISH) {
		deflateReset(&output->z);
		output->member_open = false;
	}
	return result;
}

static int drain(struct output *output, int mode)
{
	size_t size = output->plain_size;

	if (output->gzip)
		return pack(output, mode);
	output->plain_size = 0;
	return sink(output, output->plain, size);
}

int output_write(struct output *output, const void *data, size_t size, struct scap_error *err)
{
	const uint8_t *from = data;

	output->taken += size;
	while (size > 0 && output->status == SCAP_OK) {
		size_t room = BUFFER - output->plain_size;
		size_t part = size < room ? size : room;

		memcpy(output->plain + output->plain_size, from, part);
		output->plain_size += part;
		from += part;
		size -= part;
		if (output->plain_size == BUFFER)
			drain(output, Z_NO_FLUSH);
	}
	return answer(output, err);
}

int output_flush(struct output *output, struct scap_error *err)
{
	if (output->status == SCAP_OK)
		drain(output, Z_FULL_FLUSH);
	return answer(output, err);
}

static void finish(struct output *output)
{
	if (output->status == SCAP_OK && (output->plain_size > 0 || output->member_open))
		drain(output, Z_FINISH);
}

int output_memory(struct output *output, const void **data, size_t *size, struct scap_error *err)
{
	*data = NULL;
	*size = 0;
	if (output->fd >= 0)
		return scap_fail(err, SCAP_NOT_SUPPORTED, "this writer writes to %s, not to memory",
				 output->path);
	finish(output);
	if (output->status != SCAP_OK)
		return answer(output, err);
	*data = output->memory;
	*size = output->memory_size;
	return SCAP_OK;
}

uint64_t output_plain_bytes(const struct output *output)
{
	return output->taken;
}

uint64_t output_file_bytes(const struct output *output)
{
	return output->gzip ? output->sent : output->taken;
}

const char *output_path(const struct output *output)
{
	return output->fd >= 0 && output->named ? output->path : NULL;
}

/* What is at `path`, or `fd` if there is none. */
static int open_target(struct output *output, const char *path, int fd)
{
	int standard = path && strcmp(path, "-") == 0;

	output->path = strdup(path ? path : "the descriptor");
	if (!output->path)
		return fail(output, "cannot open", "out of memory");
	output->named = path && !standard;
	if (output->named)
		output->fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	else
		output->fd = fcntl(standard ? STDOUT_FILENO : fd, F_DUPFD_CLOEXEC, 0);
	if (output->fd >= 0)
		return SCAP_OK;
	output->status = scap_fail(&output->error, SCAP_FAILURE, "cannot %s %s: %s",
				   output->named ? "create" : "write to", output->path, strerror(errno));
	return output->status;
}

static void output_free(struct output *output)
{
	if (output->gzip)
		deflateEnd(&output->z);
	free(output->path);
	free(output->memory);
	free(output);
}

static int new_output(bool gzip, struct output **out, struct scap_error *err)
{
	struct output *output = calloc(1, sizeof(*output));
	int status = Z_OK;

	if (!output)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	output->fd = -1;
	if (gzip)
		status = deflateInit2(&output->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, WINDOW_GZIP, 8,
				      Z_DEFAULT_STRATEGY);
	if (status != Z_OK) {
		free(output);
		return scap_fail(err, SCAP_FAILURE,
				 status == Z_MEM_ERROR ? "out of memory" : "zlib: deflateInit2 failed");
	}
	output->gzip = gzip;
	*out = output;
	return SCAP_OK;
}

static int open_output(const char *path, int fd, bool gzip, struct output **out, struct scap_error *err)
{
	struct output *output;
	int status = new_output(gzip, &output, err);

	if (status != SCAP_OK)
		return status;
	status = open_target(output, path, fd);
	if (status != SCAP_OK) {
		answer(output, err);
		output_free(output);
		return status;
	}
	*out = output;
	return SCAP_OK;
}

int output_open(const char *path, bool gzip, struct output **out, struct scap_error *err)
{
	return path ? open_output(path, -1, gzip, out, err) : new_output(gzip, out, err);
}

int output_open_fd(int fd, bool gzip, struct output **out, struct scap_error *err)
{
	return open_output(NULL, fd, gzip, out, err);
}

int output_close(struct output *output, struct scap_error *err)
{
	int status;

	finish(output);
	if (output->fd >= 0 && close(output->fd) != 0 && output->status == SCAP_OK)
		fail(output, "cannot close", strerror(errno));
	status = answer(output, err);
	output_free(output);
	return status;
}
