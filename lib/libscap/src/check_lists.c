/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of a caller, before anything of them is written. */
#include "error.h"
#include "pack_lists.h"

static bool text_inside(const struct scap_lists *lists, struct scap_text text)
{
	return text.size == 0 || (uint64_t)text.at + text.size <= lists->texts_size;
}

static int outside(const char *list, size_t index, struct scap_error *err)
{
	return scap_fail(err, SCAP_ILLEGAL_INPUT, "%s %zu: a text lies outside the texts", list, index);
}

static bool thread_texts_inside(const struct scap_lists *lists, const struct scap_thread *thread)
{
	const struct scap_text texts[] = {thread->comm, thread->exe, thread->exepath, thread->args,
					  thread->cwd,	thread->env, thread->cgroups, thread->root};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!text_inside(lists, texts[i]))
			return false;
	return true;
}

static int check_fds(const struct scap_lists *lists, struct scap_error *err)
{
	for (size_t i = 0; i < lists->fd_count; i++) {
		const struct scap_fd *fd = &lists->fds[i];

		if (!text_inside(lists, fd->name))
			return outside("fd", i, err);
		if (fd->type < SCAP_FD_FILE || fd->type > SCAP_FD_PIDFD)
			return scap_fail(err, SCAP_ILLEGAL_INPUT, "fd %zu: %u is no type of fds", i,
					 fd->type);
	}
	return SCAP_OK;
}

static int check_interfaces(const struct scap_lists *lists, struct scap_error *err)
{
	for (size_t i = 0; i < lists->interface_count; i++) {
		const struct scap_interface *interface = &lists->interfaces[i];

		if (!text_inside(lists, interface->name))
			return outside("interface", i, err);
		if (interface->ip_version != 4 && interface->ip_version != 6)
			return scap_fail(err, SCAP_ILLEGAL_INPUT, "interface %zu: IP version %u", i,
					 interface->ip_version);
	}
	return SCAP_OK;
}

static int check_users(const struct scap_lists *lists, struct scap_error *err)
{
	for (size_t i = 0; i < lists->user_count; i++) {
		const struct scap_user *user = &lists->users[i];

		if (!text_inside(lists, user->name) || !text_inside(lists, user->home) ||
		    !text_inside(lists, user->shell))
			return outside("user", i, err);
	}
	for (size_t i = 0; i < lists->group_count; i++)
		if (!text_inside(lists, lists->groups[i].name))
			return outside("group", i, err);
	return SCAP_OK;
}

int check_lists(const struct scap_lists *lists, struct scap_error *err)
{
	int status;

	if (lists->size != sizeof(*lists))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "scap_lists: size %u is not %zu", lists->size,
				 sizeof(*lists));
	for (size_t i = 0; i < lists->thread_count; i++)
		if (!thread_texts_inside(lists, &lists->threads[i]))
			return outside("thread", i, err);
	status = check_fds(lists, err);
	if (status == SCAP_OK)
		status = check_interfaces(lists, err);
	return status == SCAP_OK ? check_users(lists, err) : status;
}
