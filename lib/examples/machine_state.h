/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_OPEN_MACHINE_STATE_H
#define SCAP_OPEN_MACHINE_STATE_H

#include "scap.h"

/* Scan this machine, and print a line for each thread, fd, interface and user. The status of what failed, if
 * anything did. */
int print_machine_state(struct scap *scap, enum scap_scan_source source);

#endif
