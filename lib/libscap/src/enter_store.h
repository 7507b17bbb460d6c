/* SPDX-License-Identifier: Apache-2.0 */
/* The last enter event of each thread, kept for the exit that it belongs to. */
#ifndef SCAP_ENTER_STORE_H
#define SCAP_ENTER_STORE_H

#include "frame.h"

/* All 0 at the beginning. */
struct enter_store {
	struct enter_slot *slots;
	size_t count, capacity; /* capacity: a power of two, or 0 */
};

/* Keep a copy, in place of what the thread had. False: no memory. */
bool enter_store_put(struct enter_store *store, const struct scap_event *event);
/* NULL: the thread has none. Who takes it may change it. */
struct scap_event *enter_store_get(const struct enter_store *store, uint64_t tid);
/* The thread has ended. */
void enter_store_drop(struct enter_store *store, uint64_t tid);
void enter_store_clear(struct enter_store *store);

#endif
