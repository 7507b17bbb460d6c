/* SPDX-License-Identifier: Apache-2.0 */
/* All functions show the same of a file, and so does the loop over blocks, for which quick.h is a short cut. */
#include <stdlib.h>

#include "../src/bytes.h"
#include "../src/format.h"
#include "../src/frame.h"
#include "../src/import.h"
#include "make.h"
#include "scap_conversion.h"
#include "tap.h"

static void check_ways(const uint8_t *data, size_t size, uint32_t seed)
{
	for (int raw = 0; raw < 2; raw++) {
		struct reading blocks = read_all_by(BY_BLOCKS, raw, data, size);

		for (enum way way = BY_NEXT; way < BY_BLOCKS; way++) {
			struct reading other = read_all_by(way, raw, data, size);

			if (other.status != blocks.status || other.events != blocks.events ||
			    other.hash != blocks.hash || strcmp(other.err.text, blocks.err.text) != 0)
				FAIL("seed %u, raw %d, way %d: status %d after %llu events: %s; block by block "
				     "%d after %llu: %s",
				     seed, raw, way, other.status, (unsigned long long)other.events,
				     other.err.text, blocks.status, (unsigned long long)blocks.events,
				     blocks.err.text);
		}
	}
}

/* As it is, then changed at random `rounds` times. */
static void check_mutated(struct bytes file, uint32_t rounds)
{
	check_ways(file.data, file.size, 0);
	for (uint32_t seed = 1; seed <= rounds && tap_ok; seed++) {
		struct rng rng = {seed};
		uint8_t *copy = malloc(file.size); /* of that size, so that ASan sees a read past the end */

		memcpy(copy, file.data, file.size);
		mutate(copy, file.size, &rng);
		check_ways(copy, file.size, seed);
		free(copy);
	}
	free(file.data);
}

static void events_of_all_ages(void)
{
	check_mutated(make_file(40, 0, 5), 3000);
}

/* An event block of format 1: flags if it is to have them, and a header without the number of parameters. */
static void add_event_v1(struct bytes *file, const struct scap_event *event, bool flags)
{
	struct scap_event header = *event;
	struct bytes body = {0};

	header.len -= (uint32_t)(sizeof(header) - EVENT_HEADER_V1);
	bytes_add_u16(&body, 3);
	if (flags)
		bytes_add_u32(&body, 1);
	bytes_add(&body, &header, EVENT_HEADER_V1);
	bytes_add(&body, event + 1, event->len - sizeof(*event));
	bytes_add_block(file, flags ? BLOCK_EVENT_FLAGS_V1 : BLOCK_EVENT_V1, &body);
	free(body.data);
}

/* An event for each row of the conversion table, of one of three threads: exits meet their enter events, and
 * others. */
static struct bytes make_old_file(unsigned version, uint64_t seed)
{
	struct rng rng = {seed};
	struct bytes file = {0};
	uint8_t frame[FRAME_ROOM];

	bytes_add_section(&file);
	for (uint32_t i = 0; i < SCAP_CONVERSIONS; i++) {
		const struct scap_conversion *row = &scap_conversions[i];
		struct scap_event *event = make_frame(frame, 1000 + i, row->type, row->nparams, &rng);

		event->tid = i % 5 == 0 ? 1 + rng_below(&rng, 3) : 1;
		if (version == 1)
			add_event_v1(&file, event, i % 3 == 0);
		else
			bytes_add_event(&file, event);
	}
	return file;
}

static void old_events_of_format_1(void)
{
	check_mutated(make_old_file(1, 6), 1000);
}

static void old_events_of_format_2(void)
{
	check_mutated(make_old_file(2, 7), 1000);
}

/* Of a second section, exits must not meet the enter events of the first. */
static void sections_in_a_row(void)
{
	struct bytes file = make_old_file(2, 8), second = make_old_file(1, 9);

	bytes_add(&file, second.data, second.size);
	free(second.data);
	check_mutated(file, 200);
}

int main(void)
{
	TEST(events_of_all_ages);
	TEST(old_events_of_format_1);
	TEST(old_events_of_format_2);
	TEST(sections_in_a_row);
	return tap_end();
}
