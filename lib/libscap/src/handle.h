/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_HANDLE_H
#define SCAP_HANDLE_H

#include "convert.h"
#include "lists.h"
#include "live.h"
#include "os_iterators.h"
#include "quick.h"
#include "reader.h"

/* Exactly one of `reader` and `live` is set. */
struct scap {
	struct reader *reader;
	struct live *live;
	struct converter converter; /* of a file */
	struct quick quick;	    /* of a file: events that need neither of them */
	struct scap_item converted; /* the reader's event after conversion; no event: not converted yet */
	uint32_t section;	    /* that the converter knows */
	bool raw;		    /* events as the file has them */
	bool held;		    /* scap_next() has shown an event and not gone past it yet */
	struct lists scanned;	    /* by scap_scan() */
	bool have_scan;
	struct os_way way; /* in which it looked at processes */
	struct scap_metric *metrics; /* as scap_get_metrics() returned them last */
	struct scap_error error;
};

#endif
