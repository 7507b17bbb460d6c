/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_HANDLE_H
#define SCAP_HANDLE_H

#include "live.h"
#include "reader.h"

/* Exactly one of `reader` and `live` is set. */
struct scap {
	struct reader *reader;
	struct live *live;
	bool held; /* scap_next() has shown an event and not gone past it yet */
	struct scap_error error;
};

#endif
