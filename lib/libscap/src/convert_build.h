/* SPDX-License-Identifier: Apache-2.0 */
/* One row of the conversion table, carried out. */
#ifndef SCAP_CONVERT_BUILD_H
#define SCAP_CONVERT_BUILD_H

#include "frame.h"
#include "scap_conversion.h"

/* Room that the event made by `row` needs at most. `enter`: the event's enter event, or NULL. */
size_t build_size(const struct scap_conversion *row, const struct scap_event *event,
		  const struct scap_event *enter);

/* Make it in `to`, which is neither of the others. */
void build_event(const struct scap_conversion *row, const struct scap_event *event,
		 const struct scap_event *enter, struct scap_event *to);

#endif
