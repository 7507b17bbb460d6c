/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Plain memory is shown as it is. Everything else passes through a window that grows only as fast as bytes
 * really arrive, so that a forged length cannot make us allocate. Files too: a mapped one that somebody
 * truncates kills its reader, and reading into a small window takes no longer (docs/decisions.md).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "gunzip.h"
#include "input.h"

#define CHUNK ((size_t)256 << 10)

struct input {
	const uint8_t *data; /* data[pos] is the next byte, data[end] the first that is not there yet */
	size_t pos, end;
	uint64_t taken;	 /* offset of data[pos] */
	uint8_t *window; /* NULL: data is the caller's memory */
	size_t capacity;
	struct gunzip *gunzip;
	uint8_t *packed;       /* a chunk of the compressed file */
	const uint8_t *memory; /* compressed memory that was not unpacked yet */
	size_t memory_size;
	int fd;
	bool own_fd; /* close it at the end */
	bool ended;
	int status;
	struct scap_error error;
};

static struct input *input_new(struct scap_error *err)
{
	struct input *input = calloc(1, sizeof(*input));

	if (!input)
		scap_fail(err, SCAP_FAILURE, "out of memory");
	else
		input->fd = -1;
	return input;
}

void input_close(struct input *input)
{
	if (!input)
		return;
	if (input->own_fd)
		close(input->fd);
	gunzip_free(input->gunzip);
	free(input->packed);
	free(input->window);
	free(input);
}

static bool is_gzip(const uint8_t *data, size_t size)
{
	return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

static void end_with(struct input *input, int status)
{
	input->ended = true;
	input->status = status;
}

/* Whether a read that failed may succeed now: it was interrupted, or the descriptor does not block. */
static bool try_again(int fd)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};

	if (errno == EAGAIN)
		poll(&ready, 1, -1);
	else if (errno != EINTR)
		return false;
	return true;
}

static size_t read_some(struct input *input, uint8_t *to, size_t size)
{
	ssize_t got;

	do
		got = read(input->fd, to, size);
	while (got < 0 && try_again(input->fd));
	if (got >= 0)
		return (size_t)got;
	end_with(input, scap_fail(&input->error, SCAP_FAILURE, "cannot read: %s", strerror(errno)));
	return 0;
}

/* Give the next compressed bytes to gunzip. False at their end. */
static bool feed(struct input *input)
{
	if (input->memory) {
		gunzip_feed(input->gunzip, input->memory, input->memory_size);
		input->memory = NULL;
		return true;
	}
	if (input->fd >= 0) {
		size_t got = read_some(input, input->packed, CHUNK);

		if (got > 0)
			gunzip_feed(input->gunzip, input->packed, got);
		return got > 0;
	}
	return false;
}

static void fill_unpacked(struct input *input)
{
	size_t got;
	int status = gunzip_take(input->gunzip, input->window + input->end, input->capacity - input->end,
				 &got, &input->error);

	input->end += got;
	if (status != SCAP_OK) {
		end_with(input, status);
		return;
	}
	if (got > 0 || feed(input) || input->ended)
		return;
	end_with(input, gunzip_finish(input->gunzip, &input->error));
}

static void fill_plain(struct input *input)
{
	size_t got = read_some(input, input->window + input->end, input->capacity - input->end);

	input->end += got;
	if (got == 0)
		input->ended = true;
}

/* Make room for a good read behind `end`. */
static bool make_room(struct input *input)
{
	uint8_t *larger;

	if (input->pos > 0) {
		memmove(input->window, input->window + input->pos, input->end - input->pos);
		input->end -= input->pos;
		input->pos = 0;
	}
	if (input->capacity - input->end >= CHUNK / 2)
		return true;
	larger = realloc(input->window, input->capacity * 2);
	if (!larger) {
		end_with(input, scap_fail(&input->error, SCAP_FAILURE, "out of memory"));
		return false;
	}
	input->window = larger;
	input->data = larger;
	input->capacity *= 2;
	return true;
}

static void fill(struct input *input)
{
	if (input->capacity - input->end < CHUNK / 2 && !make_room(input))
		return;
	if (input->gunzip)
		fill_unpacked(input);
	else
		fill_plain(input);
}

const uint8_t *input_peek(struct input *input, size_t want, size_t *got)
{
	while (input->end - input->pos < want && !input->ended)
		fill(input);
	*got = input->end - input->pos < want ? input->end - input->pos : want;
	return input->data + input->pos;
}

const uint8_t *input_here(const struct input *input, size_t *got)
{
	*got = input->end - input->pos;
	return input->data + input->pos;
}

void input_skip(struct input *input, size_t size)
{
	input->pos += size;
	input->taken += size;
}

uint64_t input_offset(const struct input *input)
{
	return input->taken;
}

int input_status(const struct input *input, struct scap_error *err)
{
	if (input->status != SCAP_OK && err)
		*err = input->error;
	return input->status;
}

static int make_window(struct input *input, struct scap_error *err)
{
	input->capacity = CHUNK;
	input->window = malloc(input->capacity);
	input->data = input->window;
	return input->window ? SCAP_OK : scap_fail(err, SCAP_FAILURE, "out of memory");
}

int input_open_memory(const void *data, size_t size, struct input **out, struct scap_error *err)
{
	struct input *input;
	int status = SCAP_OK;

	if (!data && size > 0)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "no memory to read from");
	input = input_new(err);
	if (!input)
		return SCAP_FAILURE;
	if (is_gzip(data, size)) {
		input->memory = data;
		input->memory_size = size;
		status = gunzip_new(&input->gunzip, err);
		if (status == SCAP_OK)
			status = make_window(input, err);
	} else {
		input->data = data;
		input->end = size;
		input->ended = true;
	}
	if (status != SCAP_OK) {
		input_close(input);
		return status;
	}
	*out = input;
	return SCAP_OK;
}

/* The first chunk of a file tells whether it is compressed; if so it moves over to the other side of gunzip.
 */
static int start_file(struct input *input, struct scap_error *err)
{
	size_t got;
	int status = make_window(input, err);

	if (status != SCAP_OK)
		return status;
	input_peek(input, 2, &got);
	if (input->status != SCAP_OK)
		return input_status(input, err);
	if (!is_gzip(input->data, got))
		return SCAP_OK;
	input->packed = malloc(CHUNK);
	if (!input->packed)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	status = gunzip_new(&input->gunzip, err);
	if (status != SCAP_OK)
		return status;
	memcpy(input->packed, input->window, input->end);
	gunzip_feed(input->gunzip, input->packed, input->end);
	input->end = 0;
	return SCAP_OK;
}

static int open_fd(int fd, bool own, struct input **out, struct scap_error *err)
{
	struct input *input = input_new(err);
	int status = SCAP_FAILURE;

	if (input) {
		input->fd = fd;
		input->own_fd = own;
		status = start_file(input, err);
	} else if (own) {
		close(fd);
	}
	if (status == SCAP_OK)
		*out = input;
	else
		input_close(input);
	return status;
}

int input_open_fd(int fd, struct input **out, struct scap_error *err)
{
	return open_fd(fd, false, out, err);
}

int input_open_file(const char *path, struct input **out, struct scap_error *err)
{
	struct scap_error why;
	int fd, status;

	if (!path)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "no file name");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return scap_fail(err, errno == ENOENT ? SCAP_NOT_FOUND : SCAP_FAILURE, "cannot open %s: %s",
				 path, strerror(errno));
	status = open_fd(fd, true, out, &why);
	return status == SCAP_OK ? status : scap_fail(err, status, "%s: %s", path, why.text);
}
