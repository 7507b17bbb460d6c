/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of old files as events of today, by the table that drivers/schema/conversion makes. Former drivers sent
 * the arguments of a call in an enter event and the result in an exit event; now the exit event has it all.
 */
#ifndef SCAP_CONVERT_H
#define SCAP_CONVERT_H

#include "enter_store.h"
#include "frames.h"

/* All 0 at the beginning. */
struct converter {
	struct enter_store enters;
	struct frames made;
	uint64_t unconverted; /* events for which the table has no row: passed on as they are */
	struct {
		uint64_t unconverted;
		struct scap_event *enter; /* that an exit has taken from since; NULL: none */
		uint16_t type;		  /* that it had */
	} before;
};

/* converter_undo() goes back to here. No more than one event may be converted in between. */
static inline void converter_mark(struct converter *converter)
{
	converter->before.unconverted = converter->unconverted;
	converter->before.enter = NULL;
}

/* The event that was converted comes again. */
void converter_undo(struct converter *converter);

/*
 * *out: the event as it is, or made anew (valid until frames_clear() of `made`), or NULL if it is not shown:
 * enter events whose content goes into the exit, and events that nobody uses any more.
 */
int convert_event(struct converter *converter, const struct scap_event *event, const struct scap_event **out,
		  struct scap_error *err);

/* Another section begins: forget the threads. */
void converter_reset(struct converter *converter);
void converter_free(struct converter *converter);

#endif
