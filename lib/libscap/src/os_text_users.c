/* SPDX-License-Identifier: Apache-2.0 */
/* /etc/passwd and /etc/group, see passwd(5) and group(5). */
#include "os_text.h"

static struct scap_text keep(struct lists *lists, struct os_span span)
{
	return lists_text(lists, span.at, (size_t)(span.end - span.at));
}

/* The fields of a line between colons; missing ones are empty. */
static size_t split(struct os_span line, struct os_span *fields, size_t most)
{
	size_t count = 0;

	while (count < most && os_part(&line, ':', &fields[count]))
		count++;
	for (size_t i = count; i < most; i++)
		fields[i] = (struct os_span){.at = line.end, .end = line.end};
	return count;
}

static bool number(struct os_span span)
{
	for (const char *at = span.at; at < span.end; at++)
		if (*at < '0' || *at > '9')
			return false;
	return span.end > span.at;
}

void os_parse_passwd(const char *text, size_t size, struct lists *lists)
{
	struct os_span file = os_span(text, size), line, fields[7];

	while (os_line(&file, &line)) {
		struct scap_user *user;

		if (split(line, fields, 7) < 4 || !number(fields[2]) || !number(fields[3]))
			continue;
		user = lists_add(lists, &lists->users, sizeof(*user));
		if (!user)
			return;
		user->uid = (uint32_t)os_number(fields[2], 10);
		user->gid = (uint32_t)os_number(fields[3], 10);
		user->name = keep(lists, fields[0]);
		user->home = keep(lists, fields[5]);
		user->shell = keep(lists, fields[6]);
	}
}

void os_parse_group(const char *text, size_t size, struct lists *lists)
{
	struct os_span file = os_span(text, size), line, fields[3];

	while (os_line(&file, &line)) {
		struct scap_group *group;

		if (split(line, fields, 3) < 3 || !number(fields[2]))
			continue;
		group = lists_add(lists, &lists->groups, sizeof(*group));
		if (!group)
			return;
		group->gid = (uint32_t)os_number(fields[2], 10);
		group->name = keep(lists, fields[0]);
	}
}
