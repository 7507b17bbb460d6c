/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGENT_MODULES_H
#define AGENT_MODULES_H

/* Insert every *.ko of a directory in the order of their names: the host numbers them by dependency. */
void modules_load_all(const char *dir);

#endif
