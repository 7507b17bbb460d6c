/* SPDX-License-Identifier: Apache-2.0 */
/* Writers: processes that make one call of each kind in each round, all with the round's number as an
 * argument. */
#ifndef SCAP_ROUNDS_H
#define SCAP_ROUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "scap.h"

#define WRITERS	    2
#define ROUNDS_MAX  (1 << 16)
#define ROUNDS_FILE "/rounds"

enum call { LSEEK, PREAD, PWRITE, CALLS }; /* the first is of interest all the time */

extern int rounds_file; /* what they work on */
extern unsigned complaints;

__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);

/* They wait until rounds are allowed. */
void rounds_start_writers(void);
void rounds_end_writers(void);

/* So many more, for whoever has done least. */
void rounds_allow(uint64_t more);
/* Of the writer that has done least. */
uint64_t rounds_least(void);

/* From now on, and until now, `optional` is of interest besides lseek. */
void rounds_begin_window(enum call optional);
void rounds_end_window(void);
/* Each writer has done as many since the window began. */
bool rounds_in_window(uint64_t count);

/* An event of the capture. */
void rounds_note(const struct scap_event *event);
/* Of every round whether each call was recorded as the windows say. */
void rounds_check(void);

#endif
