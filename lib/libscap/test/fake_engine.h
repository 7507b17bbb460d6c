/* SPDX-License-Identifier: Apache-2.0 */
/* An engine whose rings a test fills by hand. */
#ifndef SCAP_FAKE_ENGINE_H
#define SCAP_FAKE_ENGINE_H

#include "../src/engine.h"

#define FAKE_RINGS	     64
#define FAKE_GAP	     5
#define FAKE_SKIPPED	     7
#define FAKE_REFUSED_SNAPLEN 4444

extern const struct scap_engine_ops fake_engine;

/* Rings of the next engine that is opened. */
void fake_set_rings(uint32_t rings);

/* Put an event into a ring of the engine opened last. */
void fake_push(uint32_t ring, uint64_t ts);
void fake_push_tid(uint32_t ring, uint64_t ts, uint64_t tid);

/* The engine opened last has so many rings from now on. */
void fake_grow(uint32_t rings);

/* The settings that it was given. */
const struct capture_config *fake_config(void);
uint64_t fake_ring_bytes(void);
/* Counters of a CPU, added to what was pushed. There is none of number FAKE_GAP. */
struct capture_counters *fake_losses(uint32_t cpu);

/* Make the event at that place of the ring unreadable: its length is `len`. */
void fake_damage(uint32_t ring, uint32_t place, uint32_t len);

/* Engines opened and not closed. */
int fake_open_engines(void);

#endif
