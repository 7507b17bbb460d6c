/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Makes one call to the C library fail: the build of test_faults.c sends the calls in `wrapped` of build.ts
 * here (ld --wrap), those of zlib included.
 */
#ifndef SCAP_TEST_FAULTS_H
#define SCAP_TEST_FAULTS_H

#include <stdbool.h>

enum fault_kind { FAULT_MEMORY, FAULT_IO };

/* From now on count calls of that kind, and let number `nth` (from 1) fail; 0: none. */
void faults_begin(enum fault_kind kind, long nth);
/* Count no more. Returns how many calls there were. */
long faults_end(void);
/* Between these, calls neither count nor fail. */
void faults_pause(bool paused);
/* Whether a call has failed since faults_begin(), and which one: "read". */
const char *faults_what(void);

/* Allocations that were not given back, and descriptors that were not closed. */
long faults_allocations(void);
long faults_descriptors(void);

#endif
