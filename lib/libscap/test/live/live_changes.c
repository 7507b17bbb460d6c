/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `live-changes ENGINE [MODULE]`: while processes make calls without pause, a capture of them gets another
 * interest set again and again, and the machine is scanned by /proc and by iterators. Every call carries the
 * number of its round, so that each one that must be recorded, and each that must not be, is known. For a
 * guest in a virtual machine, as root. Exit status 0: all as it should be.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rounds.h"
#include "scap.h"
#include "scap_schema.h"

#define WINDOWS	 5   /* between two changes of the interest set */
#define ROUNDS	 300 /* of each writer in each of them, at least */
#define PATIENCE 120 /* seconds, on a busy machine */

#define REQUIRE(what, status)                                                                                \
	do {                                                                                                 \
		if ((status) != SCAP_OK) {                                                                   \
			printf("%s: %s\n", what, scap_last_error(scap));                                     \
			exit(1);                                                                             \
		}                                                                                            \
	} while (0)

static struct scap *scap;
static uint64_t events, last_ts;
static uint64_t opens_begun, opens_ended; /* by this process, while it scans */

static void add_interest(uint8_t *interest, unsigned code)
{
	interest[code / 8] |= (uint8_t)(1 << code % 8);
}

/* With openat, the hook of enter events comes and goes. */
static void interest_of(enum call optional, uint8_t *interest)
{
	memset(interest, 0, SCAP_INTEREST_BYTES);
	add_interest(interest, PPM_SC_LSEEK);
	add_interest(interest, optional == PREAD ? PPM_SC_PREAD64 : PPM_SC_PWRITE64);
	if (optional == PWRITE)
		add_interest(interest, PPM_SC_OPENAT);
}

static void open_capture(const char *engine, const char *module)
{
	uint8_t interest[SCAP_INTEREST_BYTES];
	struct scap_live_options options = {
	    .size = sizeof(options), .engine = engine, .module_path = module, .interest = interest};
	struct scap_error err;

	interest_of(PREAD, interest);
	if (scap_open_live(&options, &scap, &err) == SCAP_OK)
		return;
	printf("open: %s\n", err.text);
	exit(1);
}

/* Everything that is there now. */
static void drain(void)
{
	const struct scap_event *event;
	int status;

	while ((status = scap_next(scap, &event, NULL, NULL)) == SCAP_OK) {
		events++;
		if (event->ts < last_ts)
			complain("time goes back at event %" PRIu64, events);
		last_ts = event->ts;
		rounds_note(event);
		opens_begun += event->tid == (uint64_t)getpid() && event->type == PPME_SYSCALL_OPENAT_2_E;
		opens_ended += event->tid == (uint64_t)getpid() && event->type == PPME_SYSCALL_OPENAT_2_X;
	}
	if (status != SCAP_TIMEOUT)
		REQUIRE("next", status);
}

static bool text_is(const struct scap_lists *lists, struct scap_text text, const char *wanted)
{
	return text.size == strlen(wanted) && memcmp(lists->texts + text.at, wanted, text.size) == 0;
}

/* This process, which is capturing, and its children. */
static void check_own_rows(void)
{
	struct scap_lists lists;
	unsigned self = 0, children = 0, files = 0;

	REQUIRE("lists", scap_get_lists(scap, &lists));
	for (size_t i = 0; i < lists.thread_count; i++) {
		const struct scap_thread *thread = &lists.threads[i];

		self += thread->tid == (uint64_t)getpid() && thread->ptid == (uint64_t)getppid() &&
			text_is(&lists, thread->comm, "live-changes") &&
			text_is(&lists, thread->exepath, "/bin/live-changes") &&
			text_is(&lists, thread->cwd, "/");
		children += thread->ptid == (uint64_t)getpid() &&
			    text_is(&lists, thread->exepath, "/bin/live-changes");
	}
	for (size_t i = 0; i < lists.fd_count; i++)
		files += lists.fds[i].tid == (uint64_t)getpid() && lists.fds[i].fd == rounds_file &&
			 lists.fds[i].type == SCAP_FD_FILE_V2 &&
			 text_is(&lists, lists.fds[i].name, ROUNDS_FILE);
	if (self != 1 || children != WRITERS || files != 1)
		complain("rows: this process %u, its children %u, its file %u", self, children, files);
}

/* Until the writers have gone on while a scan ran. */
static void scan_among(uint32_t source)
{
	struct scap_scan_options options = {.size = sizeof(options), .source = source};
	struct scap_scan_info info;
	uint64_t before;

	do {
		before = rounds_least();
		rounds_allow(ROUNDS);
		REQUIRE("scan", scap_scan(scap, &options, &info));
		if (info.source != source || info.truncated)
			complain("scan from source %u instead of %u, truncated %u", info.source, source,
				 info.truncated);
		check_own_rows();
		drain();
	} while (rounds_least() == before);
}

static void capture_window(unsigned index)
{
	enum call optional = index % 2 ? PWRITE : PREAD;
	uint8_t interest[SCAP_INTEREST_BYTES];

	interest_of(optional, interest);
	REQUIRE("interest", scap_set_interest(scap, interest));
	rounds_begin_window(optional);
	scan_among(index / 2 % 2 ? SCAP_SCAN_ITERATORS : SCAP_SCAN_PROC);
	while (!rounds_in_window(ROUNDS)) {
		rounds_allow(ROUNDS);
		drain();
		usleep(200);
	}
	/* So that they are not waiting when it changes. */
	rounds_allow(2 * ROUNDS);
	rounds_end_window();
}

static void check_counters(void)
{
	struct scap_stats stats;

	REQUIRE("stats", scap_get_stats(scap, &stats));
	printf("seen %" PRIu64 ", read %" PRIu64 "\n", stats.seen, stats.read);
	if (stats.seen != stats.pushed + stats.lost_ring + stats.lost_scratch + stats.lost_bug)
		complain("seen is not what was pushed and lost");
	if (stats.seen != stats.pushed || stats.lost_recursion)
		complain("pushed %" PRIu64 ", hook runs skipped %" PRIu64, stats.pushed,
			 stats.lost_recursion);
	if (stats.read != stats.pushed || stats.read != events || stats.late)
		complain("pushed %" PRIu64 ", returned %" PRIu64 ", late %" PRIu64, stats.pushed, events,
			 stats.late);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	setbuf(stdout, NULL);
	alarm(PATIENCE);
	open_capture(argv[1], argc > 2 ? argv[2] : NULL);
	rounds_start_writers();
	REQUIRE("start", scap_start(scap));
	for (unsigned i = 0; i < WINDOWS; i++)
		capture_window(i);
	rounds_end_writers();
	REQUIRE("stop", scap_stop(scap));
	drain();
	check_counters();
	if (opens_begun == 0 || opens_begun != opens_ended)
		complain("%" PRIu64 " openat begun, %" PRIu64 " ended", opens_begun, opens_ended);
	rounds_check();
	scap_close(scap);
	printf("%u complaints\n", complaints);
	return complaints > 0;
}
