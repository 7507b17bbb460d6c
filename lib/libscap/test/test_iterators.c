/* SPDX-License-Identifier: Apache-2.0 */
/* What iterators write is input: whole records, cut ones, wrong ones, and what becomes of the right ones. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../src/error.h"
#include "../src/os_iter.h"
#include "../src/os_iterators.h"
#include "iter_records.h"
#include "make.h"
#include "scap_schema.h"
#include "tap.h"

/* In memory that ends where the bytes do, so that a sanitizer sees whoever goes beyond. */
static ssize_t parse(const struct bytes *bytes, size_t size, struct os_iter_record *record)
{
	uint8_t *exact = malloc(size + !size);
	ssize_t got;

	memcpy(exact, bytes->data, size);
	got = os_iter_parse(exact, size, record);
	free(exact);
	return got;
}

static struct os_iter_record *new_record(void)
{
	return calloc(1, sizeof(struct os_iter_record));
}

static void a_record_cut_anywhere_needs_more(void)
{
	struct os_iter_record *record = new_record();
	struct bytes bytes = {0};

	records_add_task(&bytes, 7, 7);
	for (size_t size = 0; size < bytes.size; size++)
		CHECK_EQ(parse(&bytes, size, record), 0);
	CHECK_EQ(parse(&bytes, bytes.size, record), bytes.size);
	CHECK_EQ(record->task.tid, 7);
	free(record);
	free(bytes.data);
}

static void what_is_no_record_is_refused(void)
{
	struct os_iter_record *record = new_record();
	struct bytes bytes = {0};
	__u32 wrong;

	records_add_file(&bytes, 7, 3, 0x1234);
	wrong = 9;
	memcpy(bytes.data, &wrong, 4); /* kind */
	CHECK_EQ(parse(&bytes, bytes.size, record), -1);
	wrong = ITER_FILE;
	memcpy(bytes.data, &wrong, 4);
	wrong = sizeof(struct iter_file) + 8;
	memcpy(bytes.data + 4, &wrong, 4); /* size */
	CHECK_EQ(parse(&bytes, bytes.size, record), -1);
	wrong = sizeof(struct iter_file);
	memcpy(bytes.data + 4, &wrong, 4);
	bytes.data[sizeof(struct iter_file)] = OS_ITER_TEXTS; /* the first part's text */
	CHECK_EQ(parse(&bytes, bytes.size, record), -1);
	free(record);
	free(bytes.data);
}

/* Names of a path come last one first. */
static const char *path_of(uint8_t flags, uint32_t magic, const char *const *names, size_t count)
{
	static char text[OS_ITER_PATH];
	struct os_iter_record *record = new_record();
	struct bytes bytes = {0};
	struct os_iter_text path;

	records_begin_file(&bytes, 7, 3, magic);
	for (size_t i = 0; i < count; i++)
		records_add_part(&bytes, ITER_PATH, 0, names[i], strlen(names[i]));
	records_add_part(&bytes, ITER_PATH, flags, "", 0);
	records_add_part(&bytes, ITER_END, 0, "", 0);
	strcpy(text, "(incomplete)");
	if (parse(&bytes, bytes.size, record) > 0 && os_iter_path(record, ITER_PATH, magic, &path))
		strcpy(text, path.at);
	free(record);
	free(bytes.data);
	return text;
}

#define PATH_IS(want, flags, magic, ...)                                                                     \
	do {                                                                                                 \
		const char *const names[] = {__VA_ARGS__};                                                   \
		CHECK(strcmp(path_of(flags, magic, names, sizeof(names) / sizeof(*names)), want) == 0);      \
	} while (0)

static void paths_as_proc_has_them(void)
{
	const char *long_names[20];
	static char name[256];

	PATH_IS("/usr/bin/cat", ITER_WHOLE, 0xef53, "cat", "bin", "usr");
	PATH_IS("/gone (deleted)", ITER_WHOLE | ITER_DELETED, 0xef53, "gone");
	PATH_IS("/memfd:mine (deleted)", ITER_WHOLE | ITER_DETACHED, 0x01021994, "memfd:mine");
	PATH_IS("anon_inode:[eventfd]", ITER_WHOLE | ITER_DETACHED, 0x09041934, "[eventfd]");
	PATH_IS("(incomplete)", ITER_WHOLE | ITER_DETACHED, 0x6e736673, "mnt"); /* a namespace */
	PATH_IS("(incomplete)", ITER_INCOMPLETE, 0xef53, "cat", "bin");
	PATH_IS("(incomplete)", 0, 0xef53, "cat", "bin");
	CHECK(strcmp(path_of(ITER_WHOLE, 0xef53, NULL, 0), "/") == 0);
	memset(name, 'n', 255);
	for (int i = 0; i < 20; i++)
		long_names[i] = name;
	CHECK_EQ(strlen(path_of(ITER_WHOLE, 0xef53, long_names, 15)), 15 * 256);
	CHECK(strcmp(path_of(ITER_WHOLE, 0xef53, long_names, 16), "(incomplete)") == 0);
	CHECK(strcmp(path_of(ITER_WHOLE, 0xef53, long_names, 20), "(incomplete)") == 0);
}

/* ---- streams ---- */

static int file_of(const struct bytes *bytes)
{
	int fd = open("/tmp", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);

	if (fd < 0 || write(fd, bytes->data, bytes->size) != (ssize_t)bytes->size ||
	    lseek(fd, 0, SEEK_SET) != 0)
		abort();
	return fd;
}

struct scanned {
	struct lists lists;
	struct scap_scan_info info;
	struct os_scan scan;
};

static struct scanned *new_scan(void)
{
	struct scanned *scanned = calloc(1, sizeof(*scanned));

	scanned->scan.lists = &scanned->lists;
	scanned->scan.info = &scanned->info;
	scanned->scan.proc_dir = -1; /* nothing can be completed */
	scanned->scan.tick_ns = 10000000;
	scanned->scan.page_kb = 4;
	scanned->scan.cgroups = OS_CGROUPS_V2;
	scanned->scan.controllers = 2; /* cpu */
	return scanned;
}

static void free_scan(struct scanned *scanned)
{
	lists_free(&scanned->lists);
	os_sockets_free(&scanned->scan.sockets);
	free(scanned);
}

typedef int take(struct os_scan *scan, struct os_iter *iter, int fd, uint64_t pid, struct scap_error *err);

static int take_stream(take *take, struct scanned *scanned, const struct bytes *bytes, uint64_t pid,
		       struct scap_error *err)
{
	struct os_iter *iter = calloc(1, sizeof(*iter));
	int fd = file_of(bytes), status = take(&scanned->scan, iter, fd, pid, err);

	os_iter_end(iter);
	free(iter);
	close(fd);
	return status;
}

static const char *text(const struct scanned *scanned, struct scap_text text)
{
	return (const char *)scanned->lists.texts.items + text.at;
}

/* Threads before and after the one that shares with them, and one whose process was not seen. */
static void threads_of_a_process(void)
{
	struct scanned *scanned = new_scan();
	const struct scap_thread *threads;
	struct bytes bytes = {0};
	struct scap_error err;

	records_add_task(&bytes, 5, 9);
	records_add_task(&bytes, 9, 9);
	records_add_task(&bytes, 10, 9);
	records_add_task(&bytes, 12, 11);
	CHECK_EQ(take_stream(os_iter_threads, scanned, &bytes, 0, &err), SCAP_OK);
	CHECK_EQ(scanned->lists.threads.count, 3);
	CHECK_EQ(scanned->info.processes, 1);
	CHECK_EQ(scanned->info.vanished, 1);
	threads = scanned->lists.threads.items;
	CHECK_EQ(threads[0].tid, 9);
	CHECK_EQ(threads[0].flags, 0);
	CHECK_EQ(threads[0].pfminor, 3 * RECORD_FAULTS + RECORD_ENDED_FAULTS);
	CHECK(strcmp(text(scanned, threads[0].exe), "prog") == 0);
	CHECK_EQ(threads[0].args.size, 3);
	CHECK(strcmp(text(scanned, threads[0].exepath), "/bin/prog") == 0);
	CHECK(strcmp(text(scanned, threads[0].cwd), "/home (deleted)") == 0);
	CHECK(strcmp(text(scanned, threads[0].cgroups), "cpu=/web") == 0);
	CHECK_EQ(threads[1].tid, 5);
	CHECK_EQ(threads[1].flags, PPM_CL_CLONE_THREAD | PPM_CL_CLONE_FILES);
	CHECK_EQ(threads[1].pfminor, RECORD_FAULTS);
	CHECK_EQ(threads[1].exepath.at, threads[0].exepath.at);
	CHECK_EQ(threads[2].tid, 10);
	free_scan(scanned);
	free(bytes.data);
}

static void files_of_a_process(void)
{
	struct scanned *scanned = new_scan();
	const struct scap_fd *fds;
	struct bytes bytes = {0};
	struct scap_error err;

	records_add_file(&bytes, 9, 3, 0xef53);
	records_add_file(&bytes, 9, 4, 0x50495045);
	records_add_file(&bytes, 9, 5, 0x534f434b);
	records_add_file(&bytes, 10, 5, 0xef53);
	CHECK_EQ(take_stream(os_iter_fds, scanned, &bytes, 9, &err), SCAP_OK);
	CHECK_EQ(scanned->lists.fds.count, 3);
	fds = scanned->lists.fds.items;
	CHECK_EQ(fds[0].type, SCAP_FD_FILE_V2);
	CHECK(strcmp(text(scanned, fds[0].name), "/etc/passwd") == 0);
	CHECK_EQ(fds[0].open_flags, PPM_O_WRONLY);
	CHECK_EQ(fds[1].type, SCAP_FD_FIFO);
	CHECK(strcmp(text(scanned, fds[1].name), "pipe:[77]") == 0);
	CHECK_EQ(fds[2].type, SCAP_FD_UNSUPPORTED); /* no list of sockets has it */
	CHECK_EQ(scanned->info.unresolved_sockets, 1);
	free_scan(scanned);
	free(bytes.data);
}

static uint64_t own_start_ticks(void)
{
	int self = os_open_dir(AT_FDCWD, "/proc/self");
	struct scap_thread unused;
	struct os_span comm;
	char text[1024];
	uint64_t ticks;
	ssize_t size = os_read(self, "stat", text, sizeof(text));

	if (size <= 0 || !os_parse_stat(text, (size_t)size, &unused, &comm, &ticks))
		abort();
	close(self);
	return ticks;
}

/* What /proc has to name is asked of the process that had it, not of one that got its number since. */
static void files_that_proc_names(void)
{
	int named = open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);

	for (int later = 0; later < 2; later++) {
		struct scanned *scanned = new_scan();
		struct bytes bytes = {0};
		struct scap_error err;

		scanned->scan.proc_dir = os_open_dir(AT_FDCWD, "/proc");
		records_begin_file(&bytes, getpid(), named, 0x6e736673);
		((struct iter_file *)bytes.data)->start_ns =
		    (own_start_ticks() - (uint64_t)later) * scanned->scan.tick_ns;
		records_add_part(&bytes, ITER_PATH, ITER_INCOMPLETE, "", 0);
		records_add_part(&bytes, ITER_END, 0, "", 0);
		CHECK_EQ(take_stream(os_iter_fds, scanned, &bytes, 0, &err), SCAP_OK);
		CHECK_EQ(scanned->lists.fds.count, !later);
		CHECK_EQ(scanned->info.vanished, later);
		if (!later)
			CHECK(strncmp(text(scanned, ((struct scap_fd *)scanned->lists.fds.items)->name),
				      "mnt:[", 5) == 0);
		close(scanned->scan.proc_dir);
		os_mounts_free(&scanned->scan.mounts);
		free_scan(scanned);
		free(bytes.data);
	}
	close(named);
}

/* More than a reader holds at a time; cut anywhere it is an error, and never half a record. */
static void long_streams(void)
{
	struct bytes bytes = {0};
	struct scap_error err;
	size_t one;

	records_add_task(&bytes, 1, 1);
	one = bytes.size;
	for (int tid = 2; tid <= 3000; tid++)
		records_add_task(&bytes, tid, tid);
	for (size_t cut = 0; cut <= one; cut += 13) {
		struct scanned *scanned = new_scan();
		int status;

		bytes.size = 3000 * one - cut;
		status = take_stream(os_iter_threads, scanned, &bytes, 0, &err);
		CHECK_EQ(status, cut == 0 || cut == one ? SCAP_OK : SCAP_FAILURE);
		if (status == SCAP_OK)
			CHECK_EQ(scanned->lists.threads.count, cut ? 2999 : 3000);
		else
			CHECK_CONTAINS(err.text, "not complete");
		free_scan(scanned);
	}
	free(bytes.data);
}

static void the_end_of_time(void)
{
	struct scanned *scanned = new_scan();
	struct bytes bytes = {0};
	struct scap_error err;

	scanned->scan.deadline = 1;
	for (int tid = 1; tid < 10; tid++)
		records_add_task(&bytes, tid, tid);
	CHECK_EQ(take_stream(os_iter_threads, scanned, &bytes, 0, &err), SCAP_OK);
	CHECK_EQ(scanned->info.truncated, 1);
	CHECK_EQ(scanned->lists.threads.count, 0);
	free_scan(scanned);
	free(bytes.data);
}

/* Damaged bytes: no promise but that nothing outside is touched. */
static void damaged_streams(void)
{
	struct rng rng = {5};
	struct bytes whole = {0};
	struct scap_error err;

	for (int tid = 1; tid < 4; tid++)
		records_add_task(&whole, tid, tid);
	records_add_file(&whole, 1, 3, 0x01021994);
	for (int i = 0; i < 3000; i++) {
		struct scanned *scanned = new_scan();
		struct bytes bytes = {0};

		bytes_add(&bytes, whole.data, whole.size);
		for (int n = 0; n < 3; n++)
			bytes.data[rng_next(&rng) % bytes.size] = (uint8_t)rng_next(&rng);
		take_stream(i % 2 ? os_iter_threads : os_iter_fds, scanned, &bytes, 0, &err);
		free_scan(scanned);
		free(bytes.data);
	}
	free(whole.data);
}

/* ---- the choice ---- */

static void the_choice_and_its_reason(void)
{
	struct scap_live_options nodriver = {.size = sizeof(nodriver), .engine = "nodriver"};
	struct scap_scan_options options = {.size = sizeof(options), .pid = (uint64_t)getpid()};
	struct scap_scan_info info;
	struct scap_error err;
	struct scap *scap;

	CHECK_EQ(scap_open_live(&nodriver, &scap, &err), SCAP_OK);
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_OK);
	CHECK_EQ(info.source, SCAP_SCAN_PROC);
	CHECK_CONTAINS(scap_scan_reason(scap), "pid: ");
	options.source = SCAP_SCAN_PROC;
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_OK);
	CHECK_EQ(info.source, SCAP_SCAN_PROC);
	CHECK(scap_scan_reason(scap)[0] == 0);
	options.source =
	    SCAP_SCAN_ITERATORS; /* this build has none, and a container may not have them either */
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_NOT_SUPPORTED);
	CHECK_CONTAINS(scap_last_error(scap), "iterators: ");
	options.source = 3;
	CHECK_EQ(scap_scan(scap, &options, &info), SCAP_ILLEGAL_INPUT);
	scap_close(scap);
}

int main(void)
{
	TEST(a_record_cut_anywhere_needs_more);
	TEST(what_is_no_record_is_refused);
	TEST(paths_as_proc_has_them);
	TEST(threads_of_a_process);
	TEST(files_of_a_process);
	TEST(files_that_proc_names);
	TEST(long_streams);
	TEST(the_end_of_time);
	TEST(damaged_streams);
	TEST(the_choice_and_its_reason);
	return tap_end();
}
