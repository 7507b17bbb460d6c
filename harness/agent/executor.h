/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGENT_EXECUTOR_H
#define AGENT_EXECUTOR_H

#include "program.h"

/* Run the main block in this process, and exit. Makes no syscall but those of the program and the exit. */
_Noreturn void execute(const struct program *program);

/* Read every accessible page of the arena, so that a driver that may not fault finds it mapped. */
void touch_arena(const struct program *program);

/* Exit status of a process that stops because some call of the program had an unexpected result. */
#define EXIT_MISMATCH 117

#endif
