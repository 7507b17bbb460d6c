/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rounds.h"
#include "scap_schema.h"

#define WINDOWS_MAX 64

struct shared {
	_Atomic uint64_t allowed;
	_Atomic uint64_t current[WRITERS]; /* the round that is under way; those below are done */
};

/* Of each writer, the rounds above `after` and below `before` are whole in it. */
struct window {
	enum call optional;
	uint64_t after[WRITERS], before[WRITERS];
};

int rounds_file;
unsigned complaints;
static const char *const names[CALLS] = {[LSEEK] = "lseek", [PREAD] = "pread", [PWRITE] = "pwrite"};
static struct shared *shared;
static pid_t writers[WRITERS];
static struct window windows[WINDOWS_MAX];
static unsigned window_count;
static uint8_t seen[WRITERS][CALLS][ROUNDS_MAX];
static uint64_t last[WRITERS][CALLS];

void complain(const char *format, ...)
{
	va_list values;

	complaints++;
	if (complaints > 20)
		return;
	va_start(values, format);
	vprintf(format, values);
	va_end(values);
	putchar('\n');
}

_Noreturn static void write_rounds(unsigned writer)
{
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (uint64_t round = 1;; round++) {
		while (round > atomic_load(&shared->allowed))
			usleep(100);
		atomic_store(&shared->current[writer], round);
		if (lseek(rounds_file, (off_t)round, SEEK_SET) < 0 ||
		    pread(rounds_file, &byte, 0, (off_t)round) < 0 ||
		    pwrite(rounds_file, &byte, 0, (off_t)round) < 0)
			_exit(1);
	}
}

void rounds_start_writers(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	rounds_file = open(ROUNDS_FILE, O_RDWR | O_CREAT, 0600);
	if (shared == MAP_FAILED || rounds_file < 0) {
		perror("rounds");
		exit(1);
	}
	for (unsigned i = 0; i < WRITERS; i++) {
		writers[i] = fork();
		if (writers[i] == 0)
			write_rounds(i);
	}
}

void rounds_end_writers(void)
{
	int status;

	for (unsigned i = 0; i < WRITERS; i++) {
		kill(writers[i], SIGKILL);
		waitpid(writers[i], &status, 0);
		if (!WIFSIGNALED(status))
			complain("writer %u ended by itself, with status %d", i, status);
	}
}

static void read_current(uint64_t *rounds)
{
	/* After whatever was written before, settings of the capture among it. */
	atomic_thread_fence(memory_order_seq_cst);
	for (unsigned i = 0; i < WRITERS; i++)
		rounds[i] = atomic_load(&shared->current[i]);
}

uint64_t rounds_least(void)
{
	uint64_t rounds[WRITERS], least;

	read_current(rounds);
	least = rounds[0];
	for (unsigned i = 1; i < WRITERS; i++)
		if (rounds[i] < least)
			least = rounds[i];
	return least;
}

void rounds_allow(uint64_t more)
{
	uint64_t until = rounds_least() + more;

	/* Beyond, they wait until the alarm ends the test. */
	atomic_store(&shared->allowed, until < ROUNDS_MAX ? until : ROUNDS_MAX - 1);
}

void rounds_begin_window(enum call optional)
{
	if (window_count == WINDOWS_MAX)
		abort();
	windows[window_count].optional = optional;
	read_current(windows[window_count].after);
}

void rounds_end_window(void)
{
	read_current(windows[window_count++].before);
}

bool rounds_in_window(uint64_t count)
{
	uint64_t rounds[WRITERS];

	read_current(rounds);
	for (unsigned i = 0; i < WRITERS; i++)
		if (rounds[i] < windows[window_count].after[i] + count)
			return false;
	return true;
}

static int call_of(uint16_t type)
{
	switch (type) {
	case PPME_SYSCALL_LSEEK_X:
		return LSEEK;
	case PPME_SYSCALL_PREAD_X:
		return PREAD;
	case PPME_SYSCALL_PWRITE_X:
		return PWRITE;
	}
	return -1;
}

/* Offset and position are 8 bytes; behind the offset of lseek stands one byte. */
static uint64_t round_of(const struct scap_event *event, enum call call)
{
	const uint8_t *end = (const uint8_t *)event + event->len;
	uint64_t round;

	memcpy(&round, end - (call == LSEEK ? 9 : 8), sizeof(round));
	return round;
}

static void note(unsigned writer, enum call call, uint64_t round)
{
	if (round >= ROUNDS_MAX || round <= last[writer][call])
		complain("writer %u: %s of round %" PRIu64 " out of order", writer, names[call], round);
	else
		seen[writer][call][round] = 1;
	last[writer][call] = round;
}

void rounds_note(const struct scap_event *event)
{
	int call = call_of(event->type);

	for (unsigned i = 0; i < WRITERS; i++)
		if (call >= 0 && event->tid == (uint64_t)writers[i])
			note(i, (enum call)call, round_of(event, (enum call)call));
}

static void check_window(const struct window *window, unsigned writer)
{
	for (uint64_t round = window->after[writer] + 1; round < window->before[writer]; round++)
		for (enum call call = PREAD; call < CALLS; call++)
			if (seen[writer][call][round] != (call == window->optional))
				complain("writer %u: %s of round %" PRIu64 " was %srecorded", writer,
					 names[call], round, seen[writer][call][round] ? "" : "not ");
}

void rounds_check(void)
{
	const struct window *end = &windows[window_count - 1];

	for (unsigned i = 0; i < WRITERS; i++) {
		for (unsigned w = 0; w < window_count; w++)
			check_window(&windows[w], i);
		for (uint64_t round = windows[0].after[i] + 1; round < end->before[i]; round++)
			if (!seen[i][LSEEK][round])
				complain("writer %u: lseek of round %" PRIu64 " was not recorded", i, round);
		printf("writer %u: %" PRIu64 " rounds\n", i, end->before[i]);
	}
}
