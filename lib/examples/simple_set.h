/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_OPEN_SIMPLE_SET_H
#define SCAP_OPEN_SIMPLE_SET_H

#include <stddef.h>
#include <stdint.h>

/* Add the codes of --simple_set to an interest of SCAP_INTEREST_BYTES. */
void simple_set_add(uint8_t *interest);

#endif
