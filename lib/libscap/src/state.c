/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of a file or of a scan, as scap.h shows them. */
#include "error.h"
#include "handle.h"

/* NULL, and why, if there are none yet. */
static const struct lists *lists_of(struct scap *scap)
{
	if (scap->reader)
		return reader_lists(scap->reader);
	if (scap->have_scan)
		return &scap->scanned;
	scap_fail(&scap->error, SCAP_NOT_FOUND, "a live capture has lists after scap_scan()");
	return NULL;
}

/* One function of scap.h for each array. */
#define SHOW(function, type, array)                                                                          \
	int function(struct scap *scap, const type **out, size_t *count)                                     \
	{                                                                                                    \
		const struct lists *lists = lists_of(scap);                                                  \
                                                                                                             \
		*out = lists ? lists->array.items : NULL;                                                    \
		*count = lists ? lists->array.count : 0;                                                     \
		return lists ? SCAP_OK : SCAP_NOT_FOUND;                                                     \
	}

SHOW(scap_threads, struct scap_thread, threads)
SHOW(scap_fds, struct scap_fd, fds)
SHOW(scap_interfaces, struct scap_interface, interfaces)
SHOW(scap_users, struct scap_user, users)
SHOW(scap_groups, struct scap_group, groups)
SHOW(scap_texts, char, texts)

int scap_get_lists(struct scap *scap, struct scap_lists *out)
{
	const struct lists *lists = lists_of(scap);

	*out = (struct scap_lists){.size = sizeof(*out)};
	if (!lists)
		return SCAP_NOT_FOUND;
	out->threads = lists->threads.items;
	out->thread_count = lists->threads.count;
	out->fds = lists->fds.items;
	out->fd_count = lists->fds.count;
	out->interfaces = lists->interfaces.items;
	out->interface_count = lists->interfaces.count;
	out->users = lists->users.items;
	out->user_count = lists->users.count;
	out->groups = lists->groups.items;
	out->group_count = lists->groups.count;
	out->texts = lists->texts.items;
	out->texts_size = lists->texts.count;
	return SCAP_OK;
}
