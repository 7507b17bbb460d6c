/* SPDX-License-Identifier: Apache-2.0 */
/* Clocks in nanoseconds. */
#ifndef SCAP_CLOCK_H
#define SCAP_CLOCK_H

#include <stdint.h>
#include <time.h>

static inline uint64_t clock_ns(clockid_t id)
{
	struct timespec now;

	clock_gettime(id, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* CLOCK_REALTIME minus `base`. We may be preempted between two readings: of a few tries the closest counts.
 */
static inline uint64_t clock_offset_ns(clockid_t base)
{
	uint64_t closest = UINT64_MAX, offset = 0;

	for (int i = 0; i < 5; i++) {
		uint64_t before = clock_ns(base), wall = clock_ns(CLOCK_REALTIME);
		uint64_t took = clock_ns(base) - before;

		if (took < closest) {
			closest = took;
			offset = wall - before - took / 2;
		}
	}
	return offset;
}

#endif
