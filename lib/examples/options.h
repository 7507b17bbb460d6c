/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_OPEN_OPTIONS_H
#define SCAP_OPEN_OPTIONS_H

#include <stdbool.h>

#include "scap.h"

struct options {
	enum scap_scan_source processes;       /* --nodriver */
	const char *file;		       /* or NULL: live */
	struct scap_live_options live;	       /* engine is NULL if none was chosen */
	uint8_t interest[SCAP_INTEREST_BYTES]; /* live.interest points here if --ppm_sc or --simple_set was
						  given */
	uint64_t num_events;		       /* stop after so many; 0 = never */
	int evt_type;			       /* print only events of this code; -1 = all */
	int verbose;			       /* 0 … 8 */
	bool dynamic_snaplen;
	uint16_t fullcapture_first, fullcapture_last, statsd_port;
	bool print_syscalls;
	bool help;
};

/* False: wrong usage, which was explained on stderr. */
bool options_parse(int argc, char **argv, struct options *options);
void options_help(void);

#endif
