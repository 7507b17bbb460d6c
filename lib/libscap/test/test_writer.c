/* SPDX-License-Identifier: Apache-2.0 */
/* Writing: to files and pipes, refused frames, a full disk. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <signal.h>
#include <unistd.h>

#include "make.h"
#include "scap_schema.h"
#include "tap.h"

static struct scap_event *frame_of(uint16_t type, uint32_t count)
{
	static uint8_t frame[FRAME_ROOM];
	struct rng rng = {9};

	return make_frame(frame, 1, type, count, &rng);
}

/* Write until it fails or `limit` events are out; returns the status. */
static int write_many(struct scap_writer *writer, uint32_t limit)
{
	int status = SCAP_OK;

	for (uint32_t i = 0; i < limit && status == SCAP_OK; i++)
		status = scap_writer_event(writer, frame_of(PPME_SYSCALL_READ_X, 4), 0, 0);
	return status;
}

static void check_full_disk(uint32_t flags, uint32_t events)
{
	struct scap_writer *writer;

	CHECK_EQ(scap_writer_open_file("/dev/full", flags, &writer, NULL), SCAP_OK);
	CHECK_EQ(write_many(writer, events), SCAP_FAILURE);
	CHECK_CONTAINS(scap_writer_last_error(writer), "cannot write to /dev/full: No space left on device");
	CHECK_EQ(scap_writer_flush(writer), SCAP_FAILURE);
	CHECK_EQ(scap_writer_close(writer), SCAP_FAILURE);
}

static void full_disk(void)
{
	check_full_disk(0, 10000);
	CHECK_STILL_OK;
	check_full_disk(SCAP_WRITE_GZIP, 1000000);
}

/* Little enough to stay in buffers until the end. */
static void full_disk_met_at_the_end(void)
{
	struct scap_writer *writer;

	CHECK_EQ(scap_writer_open_file("/dev/full", 0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_close(writer), SCAP_FAILURE);
	CHECK_EQ(scap_writer_open_file("/dev/full", SCAP_WRITE_GZIP, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_flush(writer), SCAP_FAILURE);
	CHECK_EQ(scap_writer_close(writer), SCAP_FAILURE);
}

/* The file may not grow past 100000 bytes: the last write is short, the next fails. */
static void short_write(void)
{
	struct rlimit old, limit;
	char path[] = "/tmp/scap-test-XXXXXX";
	struct scap_writer *writer;
	int fd = mkstemp(path), status;

	CHECK(fd >= 0);
	close(fd);
	signal(SIGXFSZ, SIG_IGN);
	CHECK_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
	limit = (struct rlimit){.rlim_cur = 100000, .rlim_max = old.rlim_max};
	CHECK_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
	CHECK_EQ(scap_writer_open_file(path, 0, &writer, NULL), SCAP_OK);
	status = write_many(writer, 100000);
	setrlimit(RLIMIT_FSIZE, &old);
	unlink(path);
	CHECK_EQ(status, SCAP_FAILURE);
	CHECK_CONTAINS(scap_writer_last_error(writer), "File too large");
	CHECK_EQ(scap_writer_close(writer), SCAP_FAILURE);
}

static void cannot_create(void)
{
	struct scap_writer *writer;
	struct scap_error err;

	CHECK_EQ(scap_writer_open_file("/nonexistent/x", 0, &writer, &err), SCAP_FAILURE);
	CHECK_CONTAINS(err.text, "cannot create /nonexistent/x: No such file");
	CHECK(writer == NULL);
	CHECK_EQ(scap_writer_open_file(NULL, 0, &writer, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_writer_open_memory(64, &writer, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "0x40");
}

static void check_file(uint32_t flags)
{
	char path[] = "/tmp/scap-test-XXXXXX";
	const struct scap_event *event;
	struct scap_writer *writer;
	struct scap *scap;
	uint32_t events = 0;
	int fd = mkstemp(path), status;

	CHECK(fd >= 0);
	close(fd);
	CHECK_EQ(scap_writer_open_file(path, flags, &writer, NULL), SCAP_OK);
	CHECK_EQ(write_many(writer, 30000), SCAP_OK);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	CHECK_EQ(scap_open_file(path, &scap, NULL), SCAP_OK);
	while ((status = scap_next(scap, &event, NULL, NULL)) == SCAP_OK)
		events++;
	CHECK_EQ(status, SCAP_EOF);
	CHECK_EQ(events, 30000);
	scap_close(scap);
	unlink(path);
}

static void files(void)
{
	check_file(0);
	CHECK_STILL_OK;
	check_file(SCAP_WRITE_GZIP);
}

/* What was flushed can be read while the writer is still open. */
static void flushed_gzip_is_readable(void)
{
	char path[] = "/tmp/scap-test-XXXXXX";
	const struct scap_event *event;
	struct scap_writer *writer;
	struct scap *scap;
	int fd = mkstemp(path);

	CHECK(fd >= 0);
	close(fd);
	CHECK_EQ(scap_writer_open_file(path, SCAP_WRITE_GZIP, &writer, NULL), SCAP_OK);
	CHECK_EQ(write_many(writer, 3), SCAP_OK);
	CHECK_EQ(scap_writer_flush(writer), SCAP_OK);
	CHECK_EQ(scap_open_file(path, &scap, NULL), SCAP_OK);
	for (int i = 0; i < 3; i++)
		CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_OK);
	CHECK_EQ(scap_next(scap, &event, NULL, NULL), SCAP_INPUT_TOO_SMALL);
	scap_close(scap);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	unlink(path);
}

/* Each look at a memory writer shows a complete file; writing goes on behind it. */
static void memory_can_be_looked_at_again(void)
{
	struct scap_writer *writer;
	struct scap_error err;
	uint64_t events, hash;
	const void *data;
	size_t size;

	CHECK_EQ(scap_writer_open_memory(SCAP_WRITE_GZIP, &writer, NULL), SCAP_OK);
	for (uint32_t i = 1; i <= 3; i++) {
		CHECK_EQ(write_many(writer, 10), SCAP_OK);
		CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
		CHECK_EQ(read_all(data, size, &events, &hash, &err), SCAP_EOF);
		CHECK_EQ(events, 10 * i);
	}
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
}

static void refused_frames(void)
{
	struct scap_machine_info info = {0};
	struct scap_writer *writer;
	struct scap_event *frame;
	const void *data;
	size_t size;

	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	frame = frame_of(PPME_SYSCALL_CLOSE_X, 2);
	frame->len--; /* the parameters need one byte more */
	CHECK_EQ(scap_writer_event(writer, frame, 0, 0), SCAP_ILLEGAL_INPUT);
	frame = frame_of(PPME_SYSCALL_CLOSE_X, 2);
	frame->len++; /* and here one less */
	CHECK_EQ(scap_writer_event(writer, frame, 0, 0), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(scap_writer_last_error(writer), "event of type 5");
	frame = frame_of(PPME_SYSCALL_CLOSE_X, 2);
	frame->nparams = 1u << 31;
	CHECK_EQ(scap_writer_event(writer, frame, 0, 0), SCAP_ILLEGAL_INPUT);
	frame = frame_of(PPM_EVENT_MAX, 2);
	CHECK_EQ(scap_writer_event(writer, frame, 0, 0), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_writer_memory(writer, &data, &size), SCAP_OK);
	CHECK_EQ(size, 28); /* nothing of them was written */
	CHECK_EQ(scap_writer_event(writer, frame_of(PPME_SYSCALL_CLOSE_X, 2), 0, 0), SCAP_OK);
	CHECK_EQ(scap_writer_machine_info(writer, &info), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
}

int main(void)
{
	TEST(full_disk);
	TEST(full_disk_met_at_the_end);
	TEST(short_write);
	TEST(cannot_create);
	TEST(files);
	TEST(flushed_gzip_is_readable);
	TEST(memory_can_be_looked_at_again);
	TEST(refused_frames);
	return tap_end();
}
