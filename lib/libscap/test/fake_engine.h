/* SPDX-License-Identifier: Apache-2.0 */
/* An engine whose rings a test fills by hand. */
#ifndef SCAP_FAKE_ENGINE_H
#define SCAP_FAKE_ENGINE_H

#include "../src/engine.h"

#define FAKE_RINGS 64

extern const struct scap_engine_ops fake_engine;

/* Rings of the next engine that is opened. */
void fake_set_rings(uint32_t rings);

/* Put an event into a ring of the engine opened last. */
void fake_push(uint32_t ring, uint64_t ts);
void fake_push_tid(uint32_t ring, uint64_t ts, uint64_t tid);

/* Make the event at that place of the ring unreadable: its length is `len`. */
void fake_damage(uint32_t ring, uint32_t place, uint32_t len);

/* Engines opened and not closed. */
int fake_open_engines(void);

#endif
