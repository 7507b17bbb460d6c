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
