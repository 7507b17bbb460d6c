/* SPDX-License-Identifier: Apache-2.0 */
/* The program that cases execute: see helper/exec_me.c. It is inside of the agent's binary. */
#ifndef AGENT_HELPER_H
#define AGENT_HELPER_H

#include <stddef.h>

void helper_path(const char *base, char *out, size_t size);
/* Write the program to its path. 0 or -errno. */
int helper_install(const char *base);

#endif
