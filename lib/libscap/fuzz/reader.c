/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A capture file of any bytes, plain or gzip. It must be read to its end or to an error with a text, the
 * reading functions and the loop over blocks must agree, and the lists must point into their texts.
 */
#include <string.h>

#include "../test/make.h"
#include "check.h"

static struct reading reading_by(enum way way, int raw, const uint8_t *data, size_t size)
{
	struct reading it = read_all_by(way, raw, data, size);

	PROMISE(it.status != SCAP_OK);
	PROMISE(it.status == SCAP_EOF || it.err.text[0]);
	PROMISE(it.events <= size / 20);
	return it;
}

static void read_all_ways(int raw, const uint8_t *data, size_t size)
{
	struct reading next = reading_by(BY_NEXT, raw, data, size);

	for (enum way way = BY_VIEWS; way <= BY_BLOCKS; way++) {
		struct reading other = reading_by(way, raw, data, size);

		if (other.status == SCAP_BUFFER_TOO_SMALL)
			continue; /* one event larger than the arena */
		PROMISE(other.status == next.status && other.events == next.events);
		PROMISE(other.hash == next.hash && strcmp(other.err.text, next.err.text) == 0);
	}
}

static void check_text(const char *texts, size_t size, struct scap_text text)
{
	PROMISE((uint64_t)text.at + text.size <= size);
	PROMISE(text.size == 0 || texts[text.at + text.size] == 0);
}

static void check_lists(const uint8_t *data, size_t size)
{
	const struct scap_thread *threads;
	const struct scap_fd *fds;
	struct scap_machine_info machine;
	struct scap *scap;
	const char *texts;
	size_t count, room;

	if (scap_open_memory(data, size, &scap, NULL) != SCAP_OK)
		return;
	PROMISE(scap_texts(scap, &texts, &room) == SCAP_OK);
	PROMISE(scap_threads(scap, &threads, &count) == SCAP_OK);
	for (size_t i = 0; i < count; i++) {
		check_text(texts, room, threads[i].comm);
		check_text(texts, room, threads[i].env);
		check_text(texts, room, threads[i].root);
	}
	PROMISE(scap_fds(scap, &fds, &count) == SCAP_OK);
	for (size_t i = 0; i < count; i++)
		check_text(texts, room, fds[i].name);
	if (scap_machine_info(scap, &machine) == SCAP_OK)
		PROMISE(memchr(machine.hostname, 0, sizeof(machine.hostname)));
	scap_close(scap);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_all_ways(0, data, size);
	read_all_ways(1, data, size);
	check_lists(data, size);
	return 0;
}
