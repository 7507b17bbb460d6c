/* SPDX-License-Identifier: Apache-2.0 */
#ifndef AGENT_WORKDIR_H
#define AGENT_WORKDIR_H

/* A fresh, empty directory. 0 or -errno. */
int workdir_create(const char *path);
/* Remove it with all that a program left inside: mounts first, then files. 0 or -errno. */
int workdir_remove(const char *path);

#endif
