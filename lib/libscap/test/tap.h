/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tests in C that print TAP. A file lists its tests in main():
 *
 *	int main(void) { TEST(reads_an_empty_file); TEST(…); return tap_end(); }
 *
 * A failed CHECK says what and where, and ends its test.
 */
#ifndef SCAP_TAP_H
#define SCAP_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;
static bool tap_ok;

static inline void tap_run(const char *name, void (*test)(void))
{
	tap_ok = true;
	test();
	tap_failed += !tap_ok;
	printf("%s %d - %s\n", tap_ok ? "ok" : "not ok", ++tap_count, name);
	fflush(stdout);
}

/* The plan comes last: a program that died before this line has failed, whatever it printed. */
static inline int tap_end(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed > 0;
}

#define TEST(name) tap_run(#name, name)

#define FAIL(...)                                                                                            \
	do {                                                                                                 \
		tap_ok = false;                                                                              \
		printf("# %s:%d: ", __FILE__, __LINE__);                                                     \
		printf(__VA_ARGS__);                                                                         \
		printf("\n");                                                                                \
		return;                                                                                      \
	} while (0)

#define CHECK(condition)                                                                                     \
	do {                                                                                                 \
		if (!(condition))                                                                            \
			FAIL("not true: %s", #condition);                                                    \
	} while (0)

#define CHECK_EQ(got, want)                                                                                  \
	do {                                                                                                 \
		long long got_ = (long long)(got), want_ = (long long)(want);                                \
		if (got_ != want_)                                                                           \
			FAIL("%s is %lld, expected %s = %lld", #got, got_, #want, want_);                    \
	} while (0)

#define CHECK_CONTAINS(text, part)                                                                           \
	do {                                                                                                 \
		if (!strstr(text, part))                                                                     \
			FAIL("\"%s\" does not contain \"%s\"", text, part);                                  \
	} while (0)

/* Leave the test if a helper that checks has failed. */
#define CHECK_STILL_OK                                                                                       \
	do {                                                                                                 \
		if (!tap_ok)                                                                                 \
			return;                                                                              \
	} while (0)

#endif
