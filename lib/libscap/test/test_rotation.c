/* SPDX-License-Identifier: Apache-2.0 */
/* A series of files: where each ends, what it begins with, which are kept. Writing to pipes. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <stdlib.h>
#include <unistd.h>

#include "make.h"
#include "tap.h"

static char dir[] = "/tmp/scap-rotation-XXXXXX";

static const char *path_of(uint32_t number)
{
	static char path[128];

	if (number == 0)
		snprintf(path, sizeof(path), "%s/x.scap", dir);
	else
		snprintf(path, sizeof(path), "%s/x.scap.%06u", dir, number);
	return path;
}

static struct scap_writer *open_series(struct scap_rotation rotation, uint32_t flags)
{
	struct scap_machine_info machine = {.num_cpus = 3};
	struct scap_thread thread = {.tid = 42};
	struct scap_lists lists = {.size = sizeof(lists), .threads = &thread, .thread_count = 1};
	struct scap_writer *writer = NULL;

	rotation.size = sizeof(rotation);
	if (scap_writer_open_rotating(path_of(0), flags, &rotation, &writer, NULL) != SCAP_OK)
		return NULL;
	scap_writer_machine_info(writer, &machine);
	scap_writer_lists(writer, &lists);
	return writer;
}

/* `count` events of 46 bytes (a block of 60), one each millisecond. */
static void write_closes(struct scap_writer *writer, uint32_t count)
{
	uint8_t frame[46] = {0};
	struct scap_event event = {.len = sizeof(frame), .type = 5, .nparams = 2};
	uint16_t lengths[2] = {8, 8};

	for (uint32_t i = 0; i < count; i++) {
		event.ts = i * 1000000ull;
		memcpy(frame, &event, sizeof(event));
		memcpy(frame + sizeof(event), lengths, sizeof(lengths));
		CHECK_EQ(scap_writer_event(writer, (struct scap_event *)frame, 0, 0), SCAP_OK);
	}
}

/* Read file `number`; its events, -1 if there is none. Machine info and lists must be there. */
static int events_of(uint32_t number)
{
	struct scap_machine_info machine;
	const struct scap_thread *threads;
	const struct scap_event *event;
	struct scap *scap;
	size_t count;
	int events = 0;

	if (scap_open_file(path_of(number), &scap, NULL) != SCAP_OK)
		return -1;
	while (scap_next(scap, &event, NULL, NULL) == SCAP_OK)
		events++;
	if (scap_machine_info(scap, &machine) != SCAP_OK || machine.num_cpus != 3)
		events = -2;
	if (scap_threads(scap, &threads, &count) != SCAP_OK || count != 1 || threads[0].tid != 42)
		events = -3;
	scap_close(scap);
	unlink(path_of(number));
	return events;
}

static void by_events(void)
{
	struct scap_writer *writer = open_series((struct scap_rotation){.max_events = 4}, SCAP_WRITE_GZIP);
	struct scap_writer_info info;

	CHECK(writer);
	write_closes(writer, 10);
	CHECK_STILL_OK;
	CHECK_EQ(scap_writer_get_info(writer, &info), SCAP_OK);
	CHECK_EQ(info.files, 3);
	CHECK_EQ(info.events, 2);
	CHECK_EQ(info.total_events, 10);
	CHECK(strcmp(info.path, path_of(3)) == 0);
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	CHECK_EQ(events_of(1), 4);
	CHECK_EQ(events_of(2), 4);
	CHECK_EQ(events_of(3), 2);
	CHECK_EQ(events_of(4), -1);
}

static void by_time(void)
{
	struct scap_writer *writer = open_series((struct scap_rotation){.max_ns = 3000000}, 0);

	CHECK(writer);
	write_closes(writer, 7);
	CHECK_STILL_OK;
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	CHECK_EQ(events_of(1), 3);
	CHECK_EQ(events_of(2), 3);
	CHECK_EQ(events_of(3), 1);
}

/* No file is larger than it may be, and none has room for another event. */
static void by_size(void)
{
	const uint64_t limit = 1000, block = 60, with_flags = 64; /* the writer counts with flags */
	struct scap_writer *writer = open_series((struct scap_rotation){.max_bytes = limit}, 0);
	struct scap_writer_info info;
	uint64_t last;

	CHECK(writer);
	scap_writer_get_info(writer, &info);
	last = info.bytes;
	for (int i = 0; i < 100; i++) {
		write_closes(writer, 1);
		CHECK_STILL_OK;
		scap_writer_get_info(writer, &info);
		CHECK(info.bytes <= limit);
		CHECK(info.bytes == last + block || last + with_flags > limit);
		last = info.bytes;
	}
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	for (uint32_t i = 1; access(path_of(i), F_OK) == 0; i++)
		unlink(path_of(i));
}

static void old_files_go(void)
{
	struct scap_writer *writer = open_series((struct scap_rotation){.max_events = 2, .max_files = 2}, 0);

	CHECK(writer);
	write_closes(writer, 9);
	CHECK_STILL_OK;
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	CHECK_EQ(events_of(1), -1);
	CHECK_EQ(events_of(3), -1);
	CHECK_EQ(events_of(4), 2);
	CHECK_EQ(events_of(5), 1);
}

/* A caller who is asked gives the state of the moment. */
static void rotation_by_hand(void)
{
	struct scap_writer *writer = open_series((struct scap_rotation){.max_events = 2}, 0);
	struct scap_machine_info machine = {.num_cpus = 3};
	struct scap_thread threads[] = {{.tid = 42}};
	struct scap_lists lists = {.size = sizeof(lists), .threads = threads, .thread_count = 1};

	CHECK(writer);
	CHECK_EQ(scap_writer_due(writer, 0, 46), 0);
	write_closes(writer, 2);
	CHECK_EQ(scap_writer_due(writer, 0, 46), 1);
	CHECK_EQ(scap_writer_rotate(writer), SCAP_OK);
	CHECK_EQ(scap_writer_due(writer, 0, 46), 0);
	CHECK_EQ(scap_writer_machine_info(writer, &machine), SCAP_OK);
	CHECK_EQ(scap_writer_lists(writer, &lists), SCAP_OK);
	write_closes(writer, 3); /* the third goes to a file that repeats what was given now */
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	CHECK_EQ(events_of(1), 2);
	CHECK_EQ(events_of(2), 2);
	CHECK_EQ(events_of(3), 1);
}

/* The next file cannot be made: told at once, and by every later call. */
static void no_next_file(void)
{
	struct scap_writer *writer = open_series((struct scap_rotation){.max_events = 1}, 0);
	uint8_t frame[FRAME_ROOM];
	struct rng rng = {4};
	struct scap_event *event = make_frame(frame, 5, 5, 2, &rng);

	CHECK(writer);
	write_closes(writer, 1);
	CHECK_EQ(mkdir(path_of(2), 0700), 0);
	CHECK_EQ(scap_writer_event(writer, event, 0, 0), SCAP_FAILURE);
	CHECK_CONTAINS(scap_writer_last_error(writer), "x.scap.000002: Is a directory");
	CHECK_EQ(scap_writer_event(writer, event, 0, 0), SCAP_FAILURE);
	CHECK_EQ(scap_writer_flush(writer), SCAP_FAILURE);
	CHECK_CONTAINS(scap_writer_last_error(writer), "Is a directory");
	CHECK_EQ(scap_writer_close(writer), SCAP_FAILURE);
	CHECK_EQ(rmdir(path_of(2)), 0);
	CHECK_EQ(events_of(1), 1);
}

static void limits_are_needed(void)
{
	struct scap_rotation rotation = {.size = sizeof(rotation), .max_files = 3};
	struct scap_writer *writer;
	struct scap_error err;

	CHECK_EQ(scap_writer_open_rotating(path_of(0), 0, &rotation, &writer, &err), SCAP_ILLEGAL_INPUT);
	CHECK_CONTAINS(err.text, "nothing says when a file is full");
	rotation.size = 4;
	CHECK_EQ(scap_writer_open_rotating(path_of(0), 0, &rotation, &writer, &err), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(scap_writer_open_memory(0, &writer, NULL), SCAP_OK);
	CHECK_EQ(scap_writer_rotate(writer), SCAP_NOT_SUPPORTED);
	scap_writer_close(writer);
}

static void a_pipe(void)
{
	struct scap_writer *writer;
	uint64_t events, hash;
	struct scap_error err;
	uint8_t data[4096];
	ssize_t size;
	int ends[2];

	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(scap_writer_open_fd(ends[1], SCAP_WRITE_GZIP, &writer, NULL), SCAP_OK);
	close(ends[1]);
	write_closes(writer, 9);
	CHECK_STILL_OK;
	CHECK_EQ(scap_writer_close(writer), SCAP_OK);
	size = read(ends[0], data, sizeof(data));
	CHECK(size > 28);
	CHECK_EQ(read(ends[0], data + size, 1), 0); /* the writer's end is closed too */
	CHECK_EQ(read_all(data, (size_t)size, &events, &hash, &err), SCAP_EOF);
	CHECK_EQ(events, 9);
	close(ends[0]);
}

static void nobody_reads_the_pipe(void)
{
	struct scap_writer *writer;
	int ends[2];

	signal(SIGPIPE, SIG_IGN);
	CHECK_EQ(pipe(ends), 0);
	CHECK_EQ(scap_writer_open_fd(ends[1], 0, &writer, NULL), SCAP_OK);
	close(ends[1]);
	close(ends[0]);
	CHECK_EQ(scap_writer_flush(writer), SCAP_FAILURE);
	CHECK_CONTAINS(scap_writer_last_error(writer), "cannot write to the descriptor: Broken pipe");
	CHECK_EQ(scap_writer_close(writer), SCAP_FAILURE);
	CHECK_EQ(scap_writer_open_fd(-1, 0, &writer, NULL), SCAP_FAILURE);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	TEST(by_events);
	TEST(by_time);
	TEST(by_size);
	TEST(old_files_go);
	TEST(rotation_by_hand);
	TEST(no_next_file);
	TEST(limits_are_needed);
	TEST(a_pipe);
	TEST(nobody_reads_the_pipe);
	rmdir(dir);
	return tap_end();
}
