/* SPDX-License-Identifier: Apache-2.0 */
/* Files that change while they are read. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "make.h"
#include "tap.h"

#define EVENTS 20000 /* several windows of the reader */

/* A file on disk without a name; -1 if that fails. */
static int unnamed_file(const uint8_t *data, size_t size)
{
	char path[] = "/tmp/scap-shrink-XXXXXX";
	int fd = mkstemp(path);

	if (fd < 0)
		return -1;
	unlink(path);
	if (write(fd, data, size) != (ssize_t)size || lseek(fd, 0, SEEK_SET) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int read_on(struct scap *scap, uint32_t *count, uint32_t most)
{
	const struct scap_event *event;
	int status = SCAP_OK;

	while (*count < most && (status = scap_next(scap, &event, NULL, NULL)) == SCAP_OK)
		if (event->ts != 1000 + (*count)++)
			return SCAP_FAILURE;
	return status;
}

static void truncated_while_it_is_read(void)
{
	struct bytes file = make_file(EVENTS, 0, 21);
	int fd = unnamed_file(file.data, file.size);
	struct scap *scap;
	uint32_t count = 0;

	CHECK(fd >= 0);
	CHECK_EQ(scap_open_fd(fd, &scap, NULL), SCAP_OK);
	scap_set_raw(scap, 1);
	CHECK_EQ(read_on(scap, &count, 100), SCAP_OK);
	CHECK_EQ(ftruncate(fd, (off_t)file.size / 2), 0);
	CHECK_EQ(read_on(scap, &count, EVENTS), SCAP_INPUT_TOO_SMALL);
	CHECK(count > EVENTS / 3 && count < EVENTS * 2 / 3);
	CHECK_CONTAINS(scap_last_error(scap), "the file ends at byte");
	scap_close(scap);
	CHECK_EQ(close(fd), 0); /* still ours */
	free(file.data);
}

static void emptied_while_it_is_read(void)
{
	struct bytes file = make_file(EVENTS, SCAP_WRITE_GZIP, 21);
	int fd = unnamed_file(file.data, file.size);
	struct scap *scap;
	uint32_t count = 0;

	CHECK(fd >= 0);
	CHECK_EQ(scap_open_fd(fd, &scap, NULL), SCAP_OK);
	scap_set_raw(scap, 1);
	CHECK_EQ(read_on(scap, &count, 100), SCAP_OK);
	CHECK_EQ(ftruncate(fd, 0), 0);
	CHECK_EQ(read_on(scap, &count, EVENTS), SCAP_INPUT_TOO_SMALL);
	CHECK_CONTAINS(scap_last_error(scap), "gzip stream is cut");
	scap_close(scap);
	close(fd);
	free(file.data);
}

static void grown_while_it_is_read(void)
{
	struct bytes file = make_file(EVENTS, 0, 21);
	size_t half = file.size / 2;
	int fd = unnamed_file(file.data, half);
	struct scap *scap;
	uint32_t count = 0;

	CHECK(fd >= 0);
	CHECK_EQ(scap_open_fd(fd, &scap, NULL), SCAP_OK);
	scap_set_raw(scap, 1);
	CHECK_EQ(read_on(scap, &count, 100), SCAP_OK);
	CHECK_EQ(pwrite(fd, file.data + half, file.size - half, (off_t)half), file.size - half);
	CHECK_EQ(read_on(scap, &count, EVENTS + 1), SCAP_EOF);
	CHECK_EQ(count, EVENTS);
	scap_close(scap);
	close(fd);
	free(file.data);
}

/* A descriptor that does not block: reading waits all the same. */
static void pipe_that_does_not_block(void)
{
	struct bytes file = make_file(3000, 0, 22);
	struct scap *scap;
	uint32_t count = 0;
	int ends[2];
	pid_t child;

	CHECK_EQ(pipe2(ends, O_NONBLOCK), 0);
	child = fork();
	if (child == 0) {
		fcntl(ends[1], F_SETFL, 0);
		for (size_t at = 0; at < file.size; at += 5000) {
			size_t piece = file.size - at < 5000 ? file.size - at : 5000;

			usleep(200);
			if (write(ends[1], file.data + at, piece) != (ssize_t)piece)
				_exit(1);
		}
		_exit(0);
	}
	close(ends[1]);
	CHECK_EQ(scap_open_fd(ends[0], &scap, NULL), SCAP_OK);
	scap_set_raw(scap, 1);
	CHECK_EQ(read_on(scap, &count, 3001), SCAP_EOF);
	CHECK_EQ(count, 3000);
	scap_close(scap);
	close(ends[0]);
	free(file.data);
}

static void closed_descriptor(void)
{
	struct scap_error err;
	struct scap *scap;

	CHECK_EQ(scap_open_fd(-1, &scap, &err), SCAP_FAILURE);
	CHECK_CONTAINS(err.text, "cannot read: Bad file descriptor");
	CHECK(!scap);
}

int main(void)
{
	TEST(truncated_while_it_is_read);
	TEST(emptied_while_it_is_read);
	TEST(grown_while_it_is_read);
	TEST(pipe_that_does_not_block);
	TEST(closed_descriptor);
	return tap_end();
}
