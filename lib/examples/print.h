/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_OPEN_PRINT_H
#define SCAP_OPEN_PRINT_H

#include "scap.h"

/* One line: time, CPU, thread, direction, name, parameters. */
void print_event(const struct scap_event *event, uint16_t cpu);
/* The PPM_SC codes of this architecture, with the number of each system call. */
void print_syscalls(void);

#endif
