/* SPDX-License-Identifier: Apache-2.0 */
/* An engine whose rings a test fills by hand. */
#ifndef SCAP_FAKE_ENGINE_H
#define SCAP_FAKE_ENGINE_H

#include "../src/engine.h"

#define FAKE_RINGS 64

extern const struct scap_engine_ops fake_engine;

/* Rings of the next engine that is opened. */
void fake_set_rings(uint32_t rings);

/* Put an event into a ring of the engine opened last; its tid is (ring << 32 | number in the ring). */
void fake_push(uint32_t ring, uint64_t ts);

/* Make the next event in the ring unreadable: its length is `len`. */
void fake_damage(uint32_t ring, uint32_t len);

/* Engines opened and not closed. */
int fake_open_engines(void);

#endif
