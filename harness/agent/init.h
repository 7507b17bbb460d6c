/* SPDX-License-Identifier: Apache-2.0 */
/* What pid 1 of a guest does before it listens. */
#ifndef AGENT_INIT_H
#define AGENT_INIT_H

/* Mounts, modules, JIT, loopback. What fails is said on the console, and the rest goes on: the host sees in
 * HELLO what is missing. */
void init_guest(void);
/* Wait for the agent's virtio port and open it. The descriptor, or -errno after 30 s. */
int init_open_port(void);
_Noreturn void init_power_off(void);

#endif
