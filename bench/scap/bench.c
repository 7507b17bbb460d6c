/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench MODE FILE ROUNDS: the best round's CPU time, as one line of JSON. One process measures one thing, so
 * that its peak of memory belongs to it.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "scap.h"
#include "gunzip.h"

#define VIEWS 256
#define ARENA ((size_t)1 << 20)
#define CHUNK ((size_t)256 << 10)

struct result {
	uint64_t events;
	uint64_t bytes; /* uncompressed */
	uint64_t sum;	/* of what was looked at, so that looking cannot be left out */
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench: %s: %s\n", what, why);
	exit(1);
}

static struct scap *open_capture(const char *path)
{
	struct scap_error err;
	struct scap *scap;

	if (scap_open_file(path, &scap, &err) != SCAP_OK)
		die(path, err.text);
	return scap;
}

static void close_capture(struct scap *scap, int status, struct result *result)
{
	struct scap_file_info info;

	if (status != SCAP_EOF)
		die("reading", scap_last_error(scap));
	scap_get_file_info(scap, &info);
	result->bytes = info.offset;
	scap_close(scap);
}

/* One call for an event. */
static void by_next(const char *path, struct result *result)
{
	struct scap *scap = open_capture(path);
	const struct scap_event *event;
	uint16_t cpu;
	int status;

	while ((status = scap_next(scap, &event, &cpu, NULL)) == SCAP_OK) {
		result->events++;
		result->sum += event->type + cpu;
	}
	close_capture(scap, status, result);
}

/* In place, many at a time. */
static void by_views(const char *path, struct result *result)
{
	struct scap *scap = open_capture(path);
	struct scap_view views[VIEWS];
	uint32_t count;
	int status;

	while ((status = scap_next_views(scap, views, VIEWS, &count)) == SCAP_OK) {
		result->events += count;
		for (uint32_t i = 0; i < count; i++)
			result->sum += views[i].event->type + views[i].cpu;
	}
	close_capture(scap, status, result);
}

static uint64_t walk_records(const uint8_t *arena, size_t used)
{
	struct scap_record record;
	struct scap_event event;
	uint64_t sum = 0;

	for (size_t at = 0; at < used; at += record.size) {
		memcpy(&record, arena + at, sizeof(record));
		memcpy(&event, arena + at + sizeof(record), sizeof(event));
		sum += event.type + record.cpu;
	}
	return sum;
}

/* Copied into batches, as TypeScript gets them. */
static void by_batch(const char *path, struct result *result)
{
	static uint64_t arena[ARENA / sizeof(uint64_t)];
	struct scap *scap = open_capture(path);
	uint32_t count;
	size_t used;
	int status;

	while ((status = scap_next_batch(scap, arena, sizeof(arena), &used, &count)) == SCAP_OK) {
		result->events += count;
		result->sum += walk_records((const uint8_t *)arena, used);
	}
	close_capture(scap, status, result);
}

static const uint8_t *map(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat stat;
	void *bytes;

	if (fd < 0 || fstat(fd, &stat) != 0)
		die(path, "cannot open");
	*size = (size_t)stat.st_size;
	bytes = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (bytes == MAP_FAILED)
		die(path, "cannot map");
	return bytes;
}

static uint32_t load(const uint8_t *from)
{
	uint32_t value;

	memcpy(&value, from, sizeof(value));
	return value;
}

/* The least that any reader must do: go from block to block over mapped bytes, and look at each event's type.
 */
static void by_walk(const char *path, struct result *result)
{
	const uint8_t *bytes = map(path, &result->bytes);

	for (size_t at = 0; at + 12 <= result->bytes; at += load(bytes + at + 4)) {
		uint32_t type = load(bytes + at);
		const uint8_t *body = bytes + at + 8;

		if (type == 0x204 || type == 0x216 || type == 0x217) { /* cpu, flags in 0x217, the event */
			uint16_t code, cpu;

			memcpy(&cpu, body, sizeof(cpu));
			memcpy(&code, body + (type == 0x217 ? 6 : 2) + offsetof(struct scap_event, type),
			       sizeof(code));
			result->events++;
			result->sum += code + cpu;
		}
	}
	munmap((void *)bytes, result->bytes);
}

/* Decompression and nothing else. */
static void by_inflate(const char *path, struct result *result)
{
	static uint8_t out[CHUNK];
	struct scap_error err;
	struct gunzip *gunzip;
	size_t size, got;
	const uint8_t *packed = map(path, &size);

	if (gunzip_new(&gunzip, &err) != SCAP_OK)
		die(path, err.text);
	gunzip_feed(gunzip, packed, size);
	do {
		if (gunzip_take(gunzip, out, sizeof(out), &got, &err) != SCAP_OK)
			die(path, err.text);
		result->bytes += got;
	} while (got > 0);
	gunzip_free(gunzip);
	munmap((void *)packed, size);
}

static const struct {
	const char *name;
	void (*run)(const char *path, struct result *result);
} modes[] = {
    {"walk", by_walk}, {"next", by_next}, {"views", by_views}, {"batch", by_batch}, {"inflate", by_inflate},
};

static uint64_t cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static unsigned peak_kb(void)
{
	FILE *status = fopen("/proc/self/status", "re");
	char line[256];
	unsigned kb = 0;

	while (status && fgets(line, sizeof(line), status))
		if (sscanf(line, "VmHWM: %u", &kb) == 1)
			break;
	if (status)
		fclose(status);
	return kb;
}

static void measure(void (*run)(const char *, struct result *), const char *path, int rounds)
{
	struct result result;
	uint64_t best = UINT64_MAX;

	for (int i = 0; i < rounds; i++) {
		uint64_t start = cpu_ns(), took;

		result = (struct result){0};
		run(path, &result);
		took = cpu_ns() - start;
		best = took < best ? took : best;
	}
	printf("{\"events\":%llu,\"bytes\":%llu,\"ns\":%llu,\"peakKb\":%u,\"sum\":%llu}\n",
	       (unsigned long long)result.events, (unsigned long long)result.bytes, (unsigned long long)best,
	       peak_kb(), (unsigned long long)result.sum);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 4 && i < sizeof(modes) / sizeof(modes[0]); i++) {
		if (strcmp(argv[1], modes[i].name) != 0)
			continue;
		measure(modes[i].run, argv[2], atoi(argv[3]));
		return 0;
	}
	fprintf(stderr, "usage: bench walk|next|views|batch|inflate FILE ROUNDS\n");
	return 2;
}
