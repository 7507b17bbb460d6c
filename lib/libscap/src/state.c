/* SPDX-License-Identifier: Apache-2.0 */
/* The lists of a file, as scap.h shows them. */
#include "error.h"
#include "handle.h"

static int show(struct scap *scap, const struct array *array, const void **items, size_t *count)
{
	*items = array ? array->items : NULL;
	*count = array ? array->count : 0;
	if (array)
		return SCAP_OK;
	return scap_fail(&scap->error, SCAP_NOT_SUPPORTED, "a live capture has no lists");
}

static const struct lists *lists_of(const struct scap *scap)
{
	return scap->reader ? reader_lists(scap->reader) : NULL;
}

/* One function of scap.h for each array. */
#define SHOW(function, type, array)                                                                          \
	int function(struct scap *scap, const type **out, size_t *count)                                     \
	{                                                                                                    \
		const struct lists *lists = lists_of(scap);                                                  \
		const void *items;                                                                           \
		int status = show(scap, lists ? &lists->array : NULL, &items, count);                        \
                                                                                                             \
		*out = items;                                                                                \
		return status;                                                                               \
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
		return scap_fail(&scap->error, SCAP_NOT_SUPPORTED, "a live capture has no lists");
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
