/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"
#include "scap_schema.h"
#include "simple_set.h"

enum {
	OPT_FILE = 256,
	OPT_BPF,
	OPT_KMOD,
	OPT_NODRIVER,
	OPT_PROCESSES,
	OPT_MODULE,
	OPT_NUM,
	OPT_TYPE,
	OPT_DIM,
	OPT_PRESET,
	OPT_CPUS,
	OPT_ONLINE,
	OPT_SC,
	OPT_SIMPLE,
	OPT_DROP,
	OPT_DYNAMIC,
	OPT_PORTS,
	OPT_STATSD,
	OPT_VERBOSE
};

static const struct option longs[] = {
    {"scap_file", required_argument, NULL, OPT_FILE},
    {"modern_bpf", no_argument, NULL, OPT_BPF},
    {"kmod", no_argument, NULL, OPT_KMOD},
    {"nodriver", no_argument, NULL, OPT_NODRIVER},
    {"processes_from", required_argument, NULL, OPT_PROCESSES},
    {"module", required_argument, NULL, OPT_MODULE},
    {"num_events", required_argument, NULL, OPT_NUM},
    {"evt_type", required_argument, NULL, OPT_TYPE},
    {"buffer_dim", required_argument, NULL, OPT_DIM},
    {"buffer_preset", required_argument, NULL, OPT_PRESET},
    {"cpus_for_buf", required_argument, NULL, OPT_CPUS},
    {"available_cpus", no_argument, NULL, OPT_ONLINE},
    {"ppm_sc", required_argument, NULL, OPT_SC},
    {"simple_set", no_argument, NULL, OPT_SIMPLE},
    {"verbose", required_argument, NULL, OPT_VERBOSE},
    {"drop-failed", no_argument, NULL, OPT_DROP},
    {"dynamic_snaplen", no_argument, NULL, OPT_DYNAMIC},
    {"fullcapture_ports", required_argument, NULL, OPT_PORTS},
    {"statsd_port", required_argument, NULL, OPT_STATSD},
    {"print_syscalls", no_argument, NULL, 'p'},
    {"help", no_argument, NULL, 'h'},
    {0},
};

void options_help(void)
{
	puts("Print the system-call events of a capture.\n"
	     "\n"
	     "  --scap_file FILE    read a capture file, plain or gzip\n"
	     "  --modern_bpf        capture live with the eBPF driver (root)\n"
	     "  --kmod              capture live with the kernel module (root)\n"
	     "  --nodriver          no events: print this machine's threads, open files, interfaces and "
	     "users\n"
	     "  --processes_from S  --nodriver: \"iterators\" of the kernel (root), \"proc\", or \"auto\" "
	     "(default)\n"
	     "  --module FILE       --kmod: the module to insert if it is not loaded yet\n"
	     "  --num_events N      stop after N events\n"
	     "  --evt_type N        only events of this code (PPME)\n"
	     "  --ppm_sc N          live: only this system call or tracepoint; may be repeated\n"
	     "  --simple_set        live: only what processes, files, sockets and rights come from\n"
	     "  --buffer_dim N      live: bytes of one ring, a power of two (default 8 MiB)\n"
	     "  --buffer_preset N   live: the same by number, 1 (1 MiB) to 10 (512 MiB)\n"
	     "  --cpus_for_buf N    --modern_bpf: N CPUs share a ring; 0: all share one (default 1)\n"
	     "  --available_cpus    live: rings for online CPUs only\n"
	     "  --drop-failed       live: no exit events of system calls that failed\n"
	     "  --dynamic_snaplen   live: keep more of the data of some protocols\n"
	     "  --fullcapture_ports FIRST-LAST\n"
	     "                      with --dynamic_snaplen: keep 16000 bytes where one of these ports is "
	     "used\n"
	     "  --statsd_port N     with --dynamic_snaplen: where statsd listens (default 8125)\n"
	     "  --verbose LVL       1 to 8: from 6 what was loaded and how many events came so far, on "
	     "stderr\n"
	     "  --print_syscalls    list the codes for --ppm_sc, and exit\n"
	     "  --help\n"
	     "\n"
	     "Exit status: 0, 1 on failure, 2 on wrong usage, 95 if the kernel cannot do --modern_bpf.");
}

static bool number(const char *name, const char *text, uint64_t max, uint64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoull(text, &end, 0);
	if (end != text && !*end && !errno && *text != '-' && *out <= max)
		return true;
	fprintf(stderr, "scap-open: --%s: \"%s\" is not a number from 0 to %llu\n", name, text,
		(unsigned long long)max);
	return false;
}

static void add_interest(struct options *options, uint64_t sc)
{
	options->interest[sc / 8] |= (uint8_t)(1u << sc % 8);
	options->live.interest = options->interest;
}

static bool take_number(int opt, struct options *options)
{
	uint64_t value;

	switch (opt) {
	case OPT_NUM:
		return number("num_events", optarg, UINT64_MAX, &options->num_events);
	case OPT_DIM:
		return number("buffer_dim", optarg, 1ull << 40, &options->live.buffer_bytes);
	case OPT_PRESET:
		if (!number("buffer_preset", optarg, SCAP_BUFFER_PRESET_MAX, &value))
			return false;
		options->live.buffer_preset = (uint32_t)value;
		return true;
	case OPT_STATSD:
		if (!number("statsd_port", optarg, UINT16_MAX, &value))
			return false;
		options->statsd_port = (uint16_t)value;
		return true;
	case OPT_TYPE:
		if (!number("evt_type", optarg, PPM_EVENT_MAX - 1, &value))
			return false;
		options->evt_type = (int)value;
		return true;
	case OPT_VERBOSE:
		if (!number("verbose", optarg, 8, &value))
			return false;
		options->verbose = (int)value;
		return true;
	case OPT_CPUS:
		if (!number("cpus_for_buf", optarg, UINT32_MAX, &value))
			return false;
		options->live.cpus_per_buffer = (uint32_t)value;
		return true;
	default:
		if (!number("ppm_sc", optarg, PPM_SC_MAX - 1, &value))
			return false;
		add_interest(options, value);
		return true;
	}
}

static bool take_source(struct options *options)
{
	static const char *const names[] = {
	    [SCAP_SCAN_AUTO] = "auto", [SCAP_SCAN_PROC] = "proc", [SCAP_SCAN_ITERATORS] = "iterators"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(optarg, names[i]) == 0) {
			options->processes = (enum scap_scan_source)i;
			return true;
		}
	fprintf(stderr, "scap-open: --processes_from: \"%s\" is none of auto, proc and iterators\n", optarg);
	return false;
}

static bool take_ports(struct options *options)
{
	char rest;

	if (sscanf(optarg, "%5hu-%5hu%c", &options->fullcapture_first, &options->fullcapture_last, &rest) ==
	    2)
		return true;
	fprintf(stderr, "scap-open: --fullcapture_ports: \"%s\" is not FIRST-LAST\n", optarg);
	return false;
}

static bool take(int opt, struct options *options)
{
	switch (opt) {
	case OPT_FILE:
		options->file = optarg;
		return true;
	case OPT_BPF:
		options->live.engine = "modern_bpf";
		return true;
	case OPT_KMOD:
		options->live.engine = "kmod";
		return true;
	case OPT_MODULE:
		options->live.module_path = optarg;
		return true;
	case OPT_NODRIVER:
		options->live.engine = "nodriver";
		return true;
	case OPT_PROCESSES:
		return take_source(options);
	case OPT_ONLINE:
		options->live.flags |= SCAP_ONLINE_CPUS_ONLY;
		return true;
	case OPT_SIMPLE:
		simple_set_add(options->interest);
		options->live.interest = options->interest;
		return true;
	case OPT_DROP:
		options->live.flags |= SCAP_DROP_FAILED;
		return true;
	case OPT_DYNAMIC:
		options->dynamic_snaplen = true;
		return true;
	case OPT_PORTS:
		return take_ports(options);
	case 'p':
		options->print_syscalls = true;
		return true;
	case 'h':
		options->help = true;
		return true;
	case '?': /* getopt has told */
		return false;
	default:
		return take_number(opt, options);
	}
}

bool options_parse(int argc, char **argv, struct options *options)
{
	int opt;

	*options = (struct options){.evt_type = -1, .statsd_port = SCAP_STATSD_PORT};
	options->live.size = sizeof(options->live);
	options->live.cpus_per_buffer = 1;
	while ((opt = getopt_long(argc, argv, "h", longs, NULL)) != -1)
		if (!take(opt, options))
			return false;
	if (options->help || options->print_syscalls)
		return true;
	if (optind == argc && !options->file != !options->live.engine)
		return true;
	fprintf(stderr, "scap-open: give one of --scap_file, --modern_bpf, --kmod and --nodriver (--help "
			"lists the options)\n");
	return false;
}
