/* SPDX-License-Identifier: Apache-2.0 */
/* An entry of the user list: a user or a group. */
#include "format.h"
#include "lists.h"

static enum entry_status decode_group(struct cursor *entry, struct lists *lists)
{
	struct scap_group *group = lists_add(lists, &lists->groups, sizeof(*group));

	if (!group)
		return ENTRY_OK; /* the caller looks at no_memory */
	group->gid = take_u32(entry);
	group->name = take_text(entry, lists);
	if (!entry->broken)
		return ENTRY_OK;
	lists_drop(&lists->groups);
	return ENTRY_BROKEN;
}

enum entry_status decode_user(struct cursor *entry, struct lists *lists, unsigned version, uint64_t tid)
{
	uint8_t kind = take_u8(entry);
	struct scap_user *user;

	(void)version, (void)tid;
	if (entry->broken)
		return ENTRY_BROKEN;
	if (kind == USER_KIND_GROUP)
		return decode_group(entry, lists);
	if (kind != USER_KIND_USER)
		return ENTRY_UNKNOWN_TYPE;
	user = lists_add(lists, &lists->users, sizeof(*user));
	if (!user)
		return ENTRY_OK; /* the caller looks at no_memory */
	user->uid = take_u32(entry);
	user->gid = take_u32(entry);
	user->name = take_text(entry, lists);
	user->home = take_text(entry, lists);
	user->shell = take_text(entry, lists);
	if (!entry->broken)
		return ENTRY_OK;
	lists_drop(&lists->users);
	return ENTRY_BROKEN;
}
