/* SPDX-License-Identifier: Apache-2.0 */
/*
 * soak FIRST COUNT FILE...: read captures that were changed at random, one for each number from FIRST on. The
 * number alone decides about the changes, so a number that fails can be repeated: `soak N 1 FILE...`.
 */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "../test/make.h"
#include "check.h"
#include "mend.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned long long number;

static struct bytes load(const char *path)
{
	struct bytes file = {0};
	FILE *from = fopen(path, "rb");
	char piece[4096];
	size_t got;

	PROMISE(from);
	while ((got = fread(piece, 1, sizeof(piece), from)) > 0)
		bytes_add(&file, piece, got);
	fclose(from);
	return file;
}

static void overwrite(struct bytes *file, struct rng *rng)
{
	static const uint8_t numbers[][4] = {
	    {0}, {0xff, 0xff, 0xff, 0xff}, {1}, {0xff, 0xff, 0xff, 0x7f}, {0, 0, 0, 0x80}, {4}, {0, 0, 1}};
	size_t at = rng_below(rng, (uint32_t)file->size);
	size_t size = file->size - at < 4 ? file->size - at : 4;

	memcpy(file->data + at, numbers[rng_below(rng, 7)], size);
}

/* A piece of the file once more, in another place. */
static void copy_within(struct bytes *file, struct rng *rng)
{
	uint32_t size = (uint32_t)file->size, from = rng_below(rng, size), to = rng_below(rng, size);
	uint32_t most = size - (from > to ? from : to), count = rng_below(rng, most < 200 ? most + 1 : 200);

	memmove(file->data + to, file->data + from, count);
}

static void change(struct bytes *file, struct rng *rng)
{
	switch (rng_below(rng, 6)) {
	case 0:
		file->data[rng_below(rng, (uint32_t)file->size)] ^= (uint8_t)(1u << rng_below(rng, 8));
		break;
	case 1:
		file->data[rng_below(rng, (uint32_t)file->size)] = (uint8_t)rng_next(rng);
		break;
	case 2:
		overwrite(file, rng);
		break;
	case 3:
		copy_within(file, rng);
		break;
	case 4: /* a number that counts something: one more, one less */
		file->data[rng_below(rng, (uint32_t)file->size)] += rng_below(rng, 2) ? 1 : 255;
		break;
	default:
		file->size = 1 + rng_below(rng, (uint32_t)file->size);
	}
}

/* Several files one behind the other, changed in some places, mostly with blocks that end where they say. */
static struct bytes make(uint64_t seed, const struct bytes *files, uint32_t count)
{
	struct rng rng = {seed};
	struct bytes out = {0};

	for (uint32_t pieces = 1 + rng_below(&rng, 3); pieces > 0; pieces--) {
		const struct bytes *file = &files[rng_below(&rng, count)];

		bytes_add(&out, file->data, file->size);
	}
	for (uint32_t changes = rng_below(&rng, 8); changes > 0; changes--)
		change(&out, &rng);
	if (rng_below(&rng, 4))
		mend_blocks(out.data, out.size);
	return out;
}

/* A heap block of exactly that size, so that a read behind it is seen. */
static void read_exactly(struct bytes *file)
{
	uint8_t *exact = malloc(file->size ? file->size : 1);

	PROMISE(exact);
	memcpy(exact, file->data, file->size);
	LLVMFuzzerTestOneInput(exact, file->size);
	free(exact);
	free(file->data);
}

static void on_alarm(int signal)
{
	static const char text[] = "soak: this number takes more than ten seconds\n";

	(void)signal;
	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(3);
	abort();
}

static void say_number(void)
{
	fprintf(stderr, "soak: number %llu\n", number);
}

void __asan_on_error(void);

/* Called by the sanitizer before its report. */
void __asan_on_error(void)
{
	say_number();
}

static void on_abort(int signal)
{
	(void)signal;
	say_number();
}

int main(int argc, char **argv)
{
	struct bytes files[400];
	uint32_t count = 0;
	unsigned long long first, end;

	PROMISE(argc > 3 && argc - 3 < 400);
	first = strtoull(argv[1], NULL, 10);
	end = first + strtoull(argv[2], NULL, 10);
	number = first;
	signal(SIGALRM, on_alarm);
	signal(SIGABRT, on_abort);
	for (int i = 3; i < argc; i++)
		files[count++] = load(argv[i]);
	for (number = first; number < end; number++) {
		struct bytes file = make(number, files, count);

		alarm(10);
		read_exactly(&file);
	}
	printf("%llu\n", end - first);
	for (uint32_t i = 0; i < count; i++)
		free(files[i].data);
	return 0;
}
