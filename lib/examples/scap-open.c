/* SPDX-License-Identifier: Apache-2.0 */
/* scap-open: libscap from C. Opens a capture, prints its events, then the counters. */
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "machine_state.h"
#include "options.h"
#include "print.h"

#define EXIT_USAGE	   2
#define VERBOSE_INFO	   6
#define EXIT_NO_MODERN_BPF 95 /* ENOTSUP: test harnesses tell by it that the kernel is too old */

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	(void)number;
	interrupted = 1;
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "scap-open: %s%s\n", what, why);
	return SCAP_FAILURE;
}

static int open_source(const struct options *options, struct scap **scap)
{
	struct scap_error err;
	int status = options->file ? scap_open_file(options->file, scap, &err)
				   : scap_open_live(&options->live, scap, &err);

	if (status == SCAP_OK)
		return 0;
	fail("", err.text);
	if (status == SCAP_NOT_SUPPORTED && options->live.engine &&
	    strcmp(options->live.engine, "modern_bpf") == 0)
		return EXIT_NO_MODERN_BPF;
	return 1;
}

/* What --verbose tells before the first event. */
static void print_driver(struct scap *scap)
{
	struct scap_driver_info driver;

	if (scap_get_driver_info(scap, &driver) != SCAP_OK)
		return;
	fprintf(
	    stderr,
	    "loaded: %s %s (sha256 %.12s…) in %.3f s; %" PRIu64 " instructions verified; schema %u.%u.%u\n",
	    driver.engine, driver.attach, driver.sha256, (double)driver.load_ns / 1e9, driver.verified_insns,
	    (unsigned)(driver.schema_version >> 44), (unsigned)(driver.schema_version >> 24 & 0xfffff),
	    (unsigned)(driver.schema_version & 0xffffff));
}

/* Nothing came: sleep longer each time, up to a time that nobody notices. */
static useconds_t wait_for_events(useconds_t pause)
{
	usleep(pause);
	return pause < 16000 ? 2 * pause : pause;
}

/* Returns SCAP_OK when interrupted or full, SCAP_EOF at the end of a file, else the failure. */
static int print_events(struct scap *scap, const struct options *options, uint64_t *printed)
{
	const useconds_t first_pause = 500;
	useconds_t pause = first_pause;
	const struct scap_event *event;
	uint16_t cpu;

	*printed = 0;
	while (!interrupted && (!options->num_events || *printed < options->num_events)) {
		int status = scap_next(scap, &event, &cpu, NULL);

		if (status == SCAP_TIMEOUT) {
			pause = wait_for_events(pause);
			continue;
		}
		if (status != SCAP_OK)
			return status;
		pause = first_pause;
		if (options->evt_type >= 0 && event->type != options->evt_type)
			continue;
		print_event(event, cpu);
		++*printed;
		if (options->verbose >= VERBOSE_INFO && *printed % 10000 == 0)
			fprintf(stderr, "%" PRIu64 " events\n", *printed);
	}
	return SCAP_OK;
}

/* Of each CPU, and by kind of event, what is not 0. */
static void print_metrics(struct scap *scap)
{
	const struct scap_metric *metrics;
	size_t count;

	if (scap_get_metrics(scap, SCAP_METRICS_PER_CPU, &metrics, &count) != SCAP_OK) {
		fail("no counters: ", scap_last_error(scap));
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (metrics[i].value)
			fprintf(stderr, "%s %" PRIu64 "\n", metrics[i].name, metrics[i].value);
}

/* Stopped first, so that the counters belong together. */
static void stop_and_print_stats(struct scap *scap)
{
	struct scap_driver_info driver;
	struct scap_stats stats;

	if (scap_stop(scap) != SCAP_OK || scap_get_stats(scap, &stats) != SCAP_OK ||
	    scap_get_driver_info(scap, &driver) != SCAP_OK) {
		fail("no counters: ", scap_last_error(scap));
		return;
	}
	fprintf(stderr, "driver: %s (%s), %u rings of %" PRIu64 " bytes\n", driver.engine, driver.attach,
		driver.rings, driver.ring_bytes);
	fprintf(stderr, "events: seen %" PRIu64 ", pushed %" PRIu64 ", read %" PRIu64 ", late %" PRIu64 "\n",
		stats.seen, stats.pushed, stats.read, stats.late);
	fprintf(stderr,
		"lost: ring full %" PRIu64 ", too large %" PRIu64 ", recursion %" PRIu64
		", driver bugs %" PRIu64 "\n",
		stats.lost_ring, stats.lost_scratch, stats.lost_recursion, stats.lost_bug);
	print_metrics(scap);
}

static void print_file_stats(struct scap *scap)
{
	struct scap_file_info info;

	scap_get_file_info(scap, &info);
	fprintf(stderr,
		"file: %" PRIu64
		" bytes uncompressed, %u sections, %u processes, %u fds, %u users and groups, %u interfaces; "
		"skipped %" PRIu64 " unknown blocks, %" PRIu64 " unknown events\n",
		info.offset, info.sections, info.processes, info.fds, info.users, info.interfaces,
		info.skipped_blocks, info.unknown_events);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int start(struct scap *scap, const struct options *options)
{
	int status = scap_set_dynamic_snaplen(scap, options->dynamic_snaplen);

	if (status == SCAP_OK)
		status =
		    scap_set_fullcapture_ports(scap, options->fullcapture_first, options->fullcapture_last);
	if (status == SCAP_OK)
		status = scap_set_statsd_port(scap, options->statsd_port);
	return status == SCAP_OK ? scap_start(scap) : status;
}

static int capture(struct scap *scap, const struct options *options)
{
	double begin = seconds();
	uint64_t printed;
	int status;

	if (!options->file && start(scap, options) != SCAP_OK)
		return fail("cannot start: ", scap_last_error(scap));
	if (!options->file && options->verbose >= VERBOSE_INFO)
		print_driver(scap);
	status = print_events(scap, options, &printed);
	if (status != SCAP_OK && status != SCAP_EOF)
		fail("", scap_last_error(scap));
	fflush(stdout);
	fprintf(stderr, "printed %" PRIu64 " events in %.3f s\n", printed, seconds() - begin);
	if (options->file)
		print_file_stats(scap);
	else
		stop_and_print_stats(scap);
	return status == SCAP_OK || status == SCAP_EOF ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct options options;
	struct scap *scap;
	int status;

	if (!options_parse(argc, argv, &options))
		return EXIT_USAGE;
	if (options.help)
		options_help();
	if (options.print_syscalls)
		print_syscalls();
	if (options.help || options.print_syscalls)
		return 0;
	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	status = open_source(&options, &scap);
	if (status != 0)
		return status;
	if (options.live.engine && strcmp(options.live.engine, "nodriver") == 0)
		status = print_machine_state(scap, options.processes) == SCAP_OK
			     ? 0
			     : fail("", scap_last_error(scap));
	else
		status = capture(scap, &options);
	scap_close(scap);
	return status;
}
