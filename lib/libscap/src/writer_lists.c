/* SPDX-License-Identifier: Apache-2.0 */
/* Lists to blocks. */
#include "error.h"
#include "format.h"
#include "pack_lists.h"
#include "writer.h"

/* A list that grows beyond this goes on in another block of its kind. */
#define LIST_BLOCK_MAX ((size_t)64 << 20)

/* Write what is in `body`, and empty it. */
static int put_list(struct scap_writer *writer, uint32_t type, struct packer *body)
{
	int status = SCAP_OK;

	if (body->no_memory)
		return scap_fail(&writer->error, SCAP_FAILURE, "out of memory");
	if (body->size > 0)
		status = writer_block(writer, type, body->data, (uint32_t)body->size, NULL, 0);
	body->size = 0;
	return status;
}

static int put_full_list(struct scap_writer *writer, uint32_t type, struct packer *body)
{
	return body->size < LIST_BLOCK_MAX ? SCAP_OK : put_list(writer, type, body);
}

/* IPv4 before IPv6, as files have them. */
static int put_interfaces(struct scap_writer *writer, const struct scap_lists *lists, struct packer *body)
{
	for (uint32_t version = 4; version <= 6; version += 2)
		for (size_t i = 0; i < lists->interface_count; i++)
			if (lists->interfaces[i].ip_version == version)
				pack_interface(body, lists, &lists->interfaces[i]);
	return put_list(writer, BLOCK_INTERFACES_V2, body);
}

static int put_users(struct scap_writer *writer, const struct scap_lists *lists, struct packer *body)
{
	for (size_t i = 0; i < lists->user_count; i++)
		pack_user(body, lists, &lists->users[i]);
	for (size_t i = 0; i < lists->group_count; i++)
		pack_group(body, lists, &lists->groups[i]);
	return put_list(writer, BLOCK_USERS_V2, body);
}

static int put_threads(struct scap_writer *writer, const struct scap_lists *lists, struct packer *body)
{
	int status = SCAP_OK;

	for (size_t i = 0; i < lists->thread_count && status == SCAP_OK; i++) {
		pack_thread(body, lists, &lists->threads[i]);
		status = put_full_list(writer, BLOCK_PROCESSES_V9, body);
	}
	return status == SCAP_OK ? put_list(writer, BLOCK_PROCESSES_V9, body) : status;
}

/* Where the fds of a thread stand: sorted by tid, fds of one in their order. */
struct place {
	uint64_t tid;
	size_t index;
};

static int by_tid(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	if (a->tid != b->tid)
		return a->tid < b->tid ? -1 : 1;
	return a->index < b->index ? -1 : a->index > b->index;
}

static size_t first_of(const struct place *places, size_t count, uint64_t tid)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places[middle].tid < tid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* One block (more if it is too large) of the fds of `tid`. */
static int put_thread_fds(struct scap_writer *writer, const struct scap_lists *lists, uint64_t tid,
			  const struct place *places, size_t count, struct packer *body)
{
	size_t at = first_of(places, count, tid);
	int status = SCAP_OK;

	pack_u64(body, tid);
	for (; at < count && places[at].tid == tid && status == SCAP_OK; at++) {
		pack_fd(body, lists, &lists->fds[places[at].index]);
		status = put_full_list(writer, BLOCK_FDS_V2, body);
		if (body->size == 0)
			pack_u64(body, tid);
	}
	return status == SCAP_OK ? put_list(writer, BLOCK_FDS_V2, body) : status;
}

static int compare_tids(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

static bool listed(const uint64_t *tids, size_t count, uint64_t tid)
{
	return count > 0 && bsearch(&tid, tids, count, sizeof(*tids), compare_tids);
}

static int put_sorted_fds(struct scap_writer *writer, const struct scap_lists *lists, struct place *places,
			  uint64_t *tids, struct packer *body)
{
	size_t threads = lists->thread_count, fds = lists->fd_count;
	int status = SCAP_OK;

	for (size_t i = 0; i < fds; i++)
		places[i] = (struct place){.tid = lists->fds[i].tid, .index = i};
	qsort(places, fds, sizeof(*places), by_tid);
	for (size_t i = 0; i < threads && status == SCAP_OK; i++) {
		tids[i] = lists->threads[i].tid;
		status = put_thread_fds(writer, lists, tids[i], places, fds, body);
	}
	qsort(tids, threads, sizeof(*tids), compare_tids);
	for (size_t i = 0; i < fds && status == SCAP_OK; i++)
		if ((i == 0 || places[i].tid != places[i - 1].tid) && !listed(tids, threads, places[i].tid))
			status = put_thread_fds(writer, lists, places[i].tid, places, fds, body);
	return status;
}

static int put_fds(struct scap_writer *writer, const struct scap_lists *lists, struct packer *body)
{
	struct place *places = calloc(lists->fd_count + 1, sizeof(*places));
	uint64_t *tids = calloc(lists->thread_count + 1, sizeof(*tids));
	int status;

	if (places && tids)
		status = put_sorted_fds(writer, lists, places, tids, body);
	else
		status = scap_fail(&writer->error, SCAP_FAILURE, "out of memory");
	free(places);
	free(tids);
	return status;
}

int scap_writer_lists(struct scap_writer *writer, const struct scap_lists *lists)
{
	struct packer body = {.swap = writer->swap};
	int status = writer_before_events(writer, "lists");

	if (status == SCAP_OK)
		status = check_lists(lists, &writer->error);
	if (status == SCAP_OK)
		status = put_interfaces(writer, lists, &body);
	if (status == SCAP_OK)
		status = put_users(writer, lists, &body);
	if (status == SCAP_OK)
		status = put_threads(writer, lists, &body);
	if (status == SCAP_OK)
		status = put_fds(writer, lists, &body);
	free(body.data);
	return status;
}
