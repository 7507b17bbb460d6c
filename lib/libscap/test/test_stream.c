/* SPDX-License-Identifier: Apache-2.0 */
/* Captures from a pipe, in pieces of any size, plain and gzip. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "make.h"
#include "tap.h"

/* A child that writes `file` into a pipe in random pieces; its read end is *from. */
static pid_t start_writer(const struct bytes *file, uint64_t seed, int *from)
{
	struct rng rng = {seed};
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0)
		return -1;
	child = fork();
	if (child != 0) {
		close(ends[1]);
		*from = ends[0];
		return child;
	}
	close(ends[0]);
	for (size_t at = 0; at < file->size;) {
		size_t piece = 1 + rng_below(&rng, 5000);
		ssize_t done =
		    write(ends[1], file->data + at, piece < file->size - at ? piece : file->size - at);

		if (done < 0)
			_exit(1);
		at += (size_t)done;
	}
	_exit(0);
}

static void check_pipe(uint32_t events, uint32_t writer_flags, uint64_t seed)
{
	struct bytes file = make_file(events, writer_flags, seed);
	const struct scap_event *event;
	struct scap *scap;
	uint32_t count = 0;
	char path[32];
	int from, status;
	pid_t child = start_writer(&file, seed, &from);

	CHECK(child > 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", from);
	CHECK_EQ(scap_open_file(path, &scap, NULL), SCAP_OK);
	CHECK_EQ(scap_set_raw(scap, 1), SCAP_OK); /* random events are of all ages */
	while ((status = scap_next(scap, &event, NULL, NULL)) == SCAP_OK)
		CHECK_EQ(event->ts, 1000 + count++);
	CHECK_EQ(status, SCAP_EOF);
	CHECK_EQ(count, events);
	scap_close(scap);
	close(from);
	CHECK_EQ(waitpid(child, &status, 0), child);
	CHECK_EQ(status, 0);
	free(file.data);
}

static void plain_pipe(void)
{
	check_pipe(0, 0, 1);
	CHECK_STILL_OK;
	check_pipe(20000, 0, 2);
}

static void gzip_pipe(void)
{
	check_pipe(0, SCAP_WRITE_GZIP, 1);
	CHECK_STILL_OK;
	check_pipe(20000, SCAP_WRITE_GZIP, 2);
}

int main(void)
{
	TEST(plain_pipe);
	TEST(gzip_pipe);
	return tap_end();
}
