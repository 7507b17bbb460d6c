/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCAP_ONLINE_CPUS_H
#define SCAP_ONLINE_CPUS_H

#include <stdbool.h>
#include <stdint.h>

/* online[0..count): which CPUs are online, from sysfs. The caller frees it. NULL: errno says why. */
bool *scap_online_cpus(uint32_t count);

#endif
