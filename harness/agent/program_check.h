/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGENT_PROGRAM_CHECK_H
#define AGENT_PROGRAM_CHECK_H

#include "program.h"

/* NULL if every index, address and width of a decoded program is in range, else what is wrong. The executor
 * relies on it and checks nothing itself. */
const char *program_check(const struct program *program);

#endif
