/* SPDX-License-Identifier: Apache-2.0 */
/* Entries of lists in the versions that are written today: the counterpart of lists.h. */
#ifndef SCAP_PACK_LISTS_H
#define SCAP_PACK_LISTS_H

#include "packer.h"
#include "scap.h"

/* Limits of readers in the field: longer texts are cut. */
#define TEXT_MAX      1024 /* paths, comm, exe */
#define ARGS_MAX      4096 /* args, env, cgroups */
#define FD_NAME_MAX   1023
#define USER_TEXT_MAX 255

/* u16 length and the bytes of a text of `lists`. */
void pack_text(struct packer *packer, const struct scap_lists *lists, struct scap_text text, size_t max);

void pack_thread(struct packer *packer, const struct scap_lists *lists, const struct scap_thread *thread);
void pack_fd(struct packer *packer, const struct scap_lists *lists, const struct scap_fd *fd);
void pack_interface(struct packer *packer, const struct scap_lists *lists,
		    const struct scap_interface *interface);
void pack_user(struct packer *packer, const struct scap_lists *lists, const struct scap_user *user);
void pack_group(struct packer *packer, const struct scap_lists *lists, const struct scap_group *group);

/* Whether every text lies inside lists->texts, and every fd and interface is of a kind that can be written.
 */
int check_lists(const struct scap_lists *lists, struct scap_error *err);

#endif
