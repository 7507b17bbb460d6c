/* SPDX-License-Identifier: Apache-2.0 */
/* Events of other ages and byte orders, turned into the frame that everything else works with. */
#ifndef SCAP_IMPORT_H
#define SCAP_IMPORT_H

#include "frame.h"

/* Where frames are made that cannot be shown as they lie in the file. All 0 at the beginning. */
struct importer {
	uint8_t *frame;
	size_t capacity;
};

void importer_free(struct importer *importer);

/* How an event lies in a file. */
struct event_source {
	const uint8_t *bytes;
	size_t room;	  /* bytes in the block from there on; options may follow the event */
	unsigned version; /* 1: the header has no nparams; 2 */
	bool swap;	  /* the other byte order */
};

#define EVENT_HEADER_V1 22

/* The event's code; SCAP_ILLEGAL_INPUT if there is no room for a header. */
int import_type(const struct event_source *source, uint16_t *type, struct scap_error *err);

/*
 * Check the event, which must be of a known type, and show its frame: valid until the next call. In the other
 * byte order, parameters that this library's event table does not have are left out: nobody knows their types.
 */
int import_event(struct importer *importer, const struct event_source *source, const struct scap_event **out,
		 struct scap_error *err);

/* Reverse the numbers inside a parameter, whose place in the event the table describes. */
struct scap_param_info;
void swap_param(const struct scap_param_info *info, uint8_t *value, size_t size);

#endif
