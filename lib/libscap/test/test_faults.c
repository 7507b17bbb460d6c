/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every call that can fail fails once: the first in one run, the second in the next, until a run needs no
 * more of them. Each time the caller must be told, and nothing may leak. (LeakSanitizer looks too, at the
 * end.)
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "../src/error.h"
#include "../src/live.h"
#include "../src/os_iter.h"
#include "fake_engine.h"
#include "faults.h"
#include "iter_records.h"
#include "make.h"
#include "tap.h"

/* What the last scenario has read, and a hash of it. */
static struct {
	uint64_t events, hash;
} result;

static char dir[] = "/tmp/scap-faults-XXXXXX";
static struct bytes plain, packed, old;

static const char *path_of(const char *name)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void save(const char *name, const struct bytes *bytes)
{
	FILE *file = fopen(path_of(name), "wb");

	if (!file || fwrite(bytes->data, 1, bytes->size, file) != bytes->size || fclose(file) != 0)
		abort();
}

/* Read to the end by batches, which is what most callers do. SCAP_OK at the end of the file. */
static int drain(struct scap *scap, struct scap_error *err)
{
	static uint64_t arena[1 << 14];
	uint32_t count;
	size_t used;
	int status;

	do {
		status = scap_next_batch(scap, arena, sizeof(arena), &used, &count);
		result.events += count;
		for (size_t i = 0; i < used / sizeof(uint64_t); i++)
			result.hash = (result.hash ^ arena[i]) * 0x100000001b3ull;
	} while (status == SCAP_OK);
	if (status == SCAP_EOF)
		return SCAP_OK;
	snprintf(err->text, sizeof(err->text), "%s", scap_last_error(scap));
	return status;
}

static int read_file(const char *name, struct scap_error *err)
{
	struct scap *scap;
	int status = scap_open_file(path_of(name), &scap, err);

	if (status != SCAP_OK)
		return status;
	status = drain(scap, err);
	scap_close(scap);
	return status;
}

static int reads_plain(struct scap_error *err)
{
	return read_file("plain", err);
}

static int reads_gzip(struct scap_error *err)
{
	return read_file("packed", err);
}

static int reads_old(struct scap_error *err)
{
	return read_file("old", err);
}

static int reads_memory(struct scap_error *err)
{
	struct scap *scap;
	int status = scap_open_memory(packed.data, packed.size, &scap, err);

	if (status != SCAP_OK)
		return status;
	status = drain(scap, err);
	scap_close(scap);
	return status;
}

/* What a caller does who looks at every status. */
static int write_events(struct scap_writer *writer)
{
	static const struct scap_thread thread = {.tid = 1, .comm = {0, 4}};
	struct scap_lists lists = {.size = sizeof(lists), .threads = &thread, .thread_count = 1};
	struct scap_machine_info machine = {.num_cpus = 1};
	struct rng rng = {3};
	uint8_t frame[FRAME_ROOM];
	int status = scap_writer_machine_info(writer, &machine);

	lists.texts = "comm";
	lists.texts_size = 5;
	if (status == SCAP_OK)
		status = scap_writer_lists(writer, &lists);
	for (int i = 0; i < 2000 && status == SCAP_OK; i++) {
		make_frame(frame, 1000 + (uint64_t)i, 7, 2, &rng);
		status = scap_writer_event(writer, (struct scap_event *)frame, 0, 0);
		if (status == SCAP_OK && i == 1000)
			status = scap_writer_flush(writer);
	}
	return status;
}

static int finish(struct scap_writer *writer, int status, struct scap_error *err)
{
	int closed;

	if (status != SCAP_OK)
		snprintf(err->text, sizeof(err->text), "%s", scap_writer_last_error(writer));
	closed = scap_writer_close(writer);
	if (status == SCAP_OK && closed != SCAP_OK)
		snprintf(err->text, sizeof(err->text), "closing failed"); /* nobody is left to ask */
	return status == SCAP_OK ? closed : status;
}

static int write_file(uint32_t flags, struct scap_error *err)
{
	struct scap_writer *writer;
	int status = scap_writer_open_file(path_of("written"), flags, &writer, err);

	return status == SCAP_OK ? finish(writer, write_events(writer), err) : status;
}

static int writes_plain(struct scap_error *err)
{
	return write_file(0, err);
}

static int writes_gzip(struct scap_error *err)
{
	return write_file(SCAP_WRITE_GZIP, err);
}

static int writes_other_order(struct scap_error *err)
{
	return write_file(SCAP_WRITE_BIG_ENDIAN, err);
}

static int writes_series(struct scap_error *err)
{
	struct scap_rotation rotation = {.size = sizeof(rotation), .max_events = 500, .max_files = 2};
	struct scap_writer *writer;
	int status = scap_writer_open_rotating(path_of("series"), 0, &rotation, &writer, err);

	return status == SCAP_OK ? finish(writer, write_events(writer), err) : status;
}

static int writes_memory(struct scap_error *err)
{
	struct scap_writer *writer;
	const void *data;
	size_t size;
	int status = scap_writer_open_memory(SCAP_WRITE_GZIP, &writer, err);

	if (status != SCAP_OK)
		return status;
	status = write_events(writer);
	if (status == SCAP_OK)
		status = scap_writer_memory(writer, &data, &size);
	return finish(writer, status, err);
}

static int captures_live(struct scap_error *err)
{
	struct scap_live_options options = {.size = sizeof(options)};
	struct live *live;
	struct scap_item item;
	int status;

	fake_set_rings(3);
	status = live_open(&fake_engine, &options, &live, err);
	if (status != SCAP_OK)
		return status;
	faults_pause(true); /* the memory of rings is not the library's */
	for (uint64_t ts = 1; ts < 40; ts++)
		fake_push(ts % 3, ts);
	faults_pause(false);
	while ((status = live_peek(live, &item, err)) == SCAP_OK) {
		result.events++;
		live_consume(live);
	}
	live_close(live);
	return status == SCAP_TIMEOUT ? SCAP_OK : status;
}

/* This process: what is read of /proc whole (mounts, sockets) needs memory, too. */
static int scans_itself(struct scap_error *err)
{
	struct scap_live_options nodriver = {.size = sizeof(nodriver), .engine = "nodriver"};
	struct scap_scan_options options = {.size = sizeof(options), .pid = (uint64_t)getpid()};
	struct scap_scan_info info;
	struct scap *scap;
	int status = scap_open_live(&nodriver, &scap, err);

	if (status != SCAP_OK)
		return status;
	status = scap_scan(scap, &options, &info);
	if (status == SCAP_OK)
		result.events = info.threads + info.fds;
	else
		snprintf(err->text, sizeof(err->text), "%s", scap_last_error(scap));
	scap_close(scap);
	return status;
}

/* What an iterator wrote: more than is read at a time. */
static int records = -1;

static int save_records(void)
{
	struct bytes bytes = {0};

	for (int tid = 1; tid <= 1500; tid++)
		records_add_task(&bytes, tid, tid);
	save("records", &bytes);
	free(bytes.data);
	return open(path_of("records"), O_RDONLY | O_CLOEXEC);
}

static int takes_records(struct scap_error *err)
{
	struct lists lists = {0};
	struct scap_scan_info info = {0};
	struct os_scan scan = {.lists = &lists, .info = &info, .proc_dir = -1, .tick_ns = 1};
	struct os_iter iter = {0};
	int status;

	lseek(records, 0, SEEK_SET);
	status = os_iter_threads(&scan, &iter, records, 0, err);
	if (lists.no_memory) /* as scap_scan() looks at the end */
		status = scap_fail(err, SCAP_FAILURE, "out of memory");
	result.events = lists.threads.count;
	os_iter_end(&iter);
	lists_free(&lists);
	return status;
}

typedef int scenario(struct scap_error *err);

/* One run, in which call `nth` fails. *calls: how many there were. False: it failed as it must not. */
static bool run_once(scenario *run, enum fault_kind kind, long nth, uint64_t want_events, uint64_t want_hash,
		     long *calls)
{
	long allocations = faults_allocations(), descriptors = faults_descriptors();
	struct scap_error err = {""};
	const char *why = NULL;
	int status;

	result.events = result.hash = 0;
	faults_begin(kind, nth);
	status = run(&err);
	*calls = faults_end();
	if (status == SCAP_OK && faults_what() && strcmp(faults_what(), "close") != 0 && want_events == 0)
		why = "nobody was told";
	else if (status == SCAP_OK && (result.events != want_events || result.hash != want_hash))
		why = "the result is another, and nobody was told";
	else if (status != SCAP_OK && !err.text[0])
		why = "there is no text";
	else if (kind == FAULT_MEMORY && status != SCAP_OK && !strstr(err.text, "out of memory"))
		why = "the text does not say that memory was missing";
	else if (faults_allocations() != allocations || faults_descriptors() != descriptors)
		why = "memory or descriptors were left";
	if (why)
		printf("# call %ld, a %s, failed; status %d, \"%s\": %s\n", nth,
		       faults_what() ? faults_what() : "(none)", status, err.text, why);
	return !why;
}

/*
 * A reader that goes on after a failure because asking again worked is right if it read the same. A writer
 * must not say that all is well.
 */
static void check_kind(scenario *run, enum fault_kind kind, long least)
{
	struct scap_error err = {""};
	uint64_t events, hash;
	long calls = 0;

	result.events = result.hash = 0;
	faults_begin(kind, 0);
	if (run(&err) != SCAP_OK)
		FAIL("undisturbed: %s", err.text);
	faults_end();
	events = result.events;
	hash = result.hash;
	for (long nth = 1; nth == 1 || calls >= nth - 1; nth++)
		CHECK(run_once(run, kind, nth, events, hash, &calls));
	CHECK(calls >= least);
}

static void check(scenario *run, long memory_calls, long io_calls)
{
	check_kind(run, FAULT_MEMORY, memory_calls);
	CHECK_STILL_OK;
	check_kind(run, FAULT_IO, io_calls);
}

/* With how many calls of either kind there are at least, or it would test nothing. */
#define SCENARIO(name, memory_calls, io_calls)                                                               \
	static void name##_or_says_why(void)                                                                 \
	{                                                                                                    \
		check(name, memory_calls, io_calls);                                                         \
	}

SCENARIO(reads_plain, 4, 3)
SCENARIO(reads_gzip, 6, 3)
SCENARIO(reads_old, 10, 3)
SCENARIO(reads_memory, 6, 0)
SCENARIO(writes_plain, 3, 3)
SCENARIO(writes_gzip, 6, 3)
SCENARIO(writes_other_order, 3, 3)
SCENARIO(writes_series, 3, 8)
SCENARIO(writes_memory, 6, 0)
SCENARIO(captures_live, 4, 0)
SCENARIO(takes_records, 6, 3)

/* Files that cannot be read are counted and left out, so only missing memory is a failure. */
static void scans_itself_or_says_why(void)
{
	check_kind(scans_itself, FAULT_MEMORY, 8);
}

/* Calls of old, of many threads: enter events wait for their exits. */
static struct bytes make_old(void)
{
	struct rng rng = {9};
	struct bytes file = {0};
	uint8_t frame[FRAME_ROOM];

	bytes_add_section(&file);
	for (uint64_t i = 0; i < 400; i++) {
		uint16_t type = i % 2 ? 7 : 6;
		struct scap_event *event = make_frame(frame, i, type, 2, &rng);

		event->tid = i / 2 % 100;
		bytes_add_event(&file, event);
	}
	return file;
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	plain = make_file(3000, 0, 1);
	packed = make_file(3000, SCAP_WRITE_GZIP, 2);
	old = make_old();
	save("plain", &plain);
	save("packed", &packed);
	save("old", &old);
	TEST(reads_plain_or_says_why);
	TEST(reads_gzip_or_says_why);
	TEST(reads_old_or_says_why);
	TEST(reads_memory_or_says_why);
	TEST(writes_plain_or_says_why);
	TEST(writes_gzip_or_says_why);
	TEST(writes_other_order_or_says_why);
	TEST(writes_series_or_says_why);
	TEST(writes_memory_or_says_why);
	TEST(captures_live_or_says_why);
	TEST(scans_itself_or_says_why);
	records = save_records();
	TEST(takes_records_or_says_why);
	close(records);
	free(plain.data);
	free(packed.data);
	free(old.data);
	return tap_end();
}
