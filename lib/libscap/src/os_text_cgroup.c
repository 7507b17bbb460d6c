/* SPDX-License-Identifier: Apache-2.0 */
/* /proc/PID/cgroup and /proc/cgroups. */
#include <string.h>

#include "os_text.h"

/* In the order of drivers. What is blkio in cgroup v1 is io in v2, and called io by drivers. */
const char *const os_controllers[OS_CONTROLLERS] = {"cpuset", "cpu", "cpuacct", "io", "memory"};

static int controller(struct os_span name)
{
	for (int i = 0; i < OS_CONTROLLERS; i++)
		if (os_is(name, os_controllers[i]))
			return i;
	return os_is(name, "blkio") ? 3 : -1;
}

unsigned os_parse_controllers(const char *text, size_t size)
{
	struct os_span file = os_span(text, size), line, name;
	unsigned exist = 0;

	while (os_line(&file, &line)) {
		int which = os_word(&line, &name) ? controller(name) : -1;

		if (which >= 0)
			exist |= 1u << which;
	}
	return exist;
}

struct strings {
	char *to;
	size_t size, room;
};

static void add(struct strings *strings, struct os_span name, struct os_span path)
{
	size_t names = (size_t)(name.end - name.at), paths = (size_t)(path.end - path.at);
	char *at = strings->to + strings->size;

	if (names + paths + 2 > strings->room - strings->size)
		return;
	memcpy(at, name.at, names);
	at[names] = '=';
	memcpy(at + names + 1, path.at, paths);
	at[names + 1 + paths] = 0;
	strings->size += names + paths + 2;
}

/* id:controllers:path, the controllers separated by commas; those of v2 are not named. */
static bool take_line(struct os_span *file, struct os_span *controllers, struct os_span *path)
{
	struct os_span id;

	while (os_line(file, path))
		if (os_part(path, ':', &id) && os_part(path, ':', controllers))
			return true;
	return false;
}

size_t os_format_cgroups(const char *text, size_t size, unsigned exist, char *to, size_t room)
{
	struct os_span paths[OS_CONTROLLERS] = {0}, v2 = {0}, file = os_span(text, size), names, path, name;
	struct strings strings = {.to = to, .room = room};

	while (take_line(&file, &names, &path)) {
		if (names.at == names.end)
			v2 = path;
		while (os_part(&names, ',', &name))
			if (controller(name) >= 0)
				paths[controller(name)] = path;
	}
	for (int i = 0; i < OS_CONTROLLERS; i++) {
		if (!paths[i].at && exist & 1u << i)
			paths[i] = v2;
		if (paths[i].at)
			add(&strings, os_span(os_controllers[i], strlen(os_controllers[i])), paths[i]);
	}
	file = os_span(text, size);
	while (take_line(&file, &names, &path))
		while (os_part(&names, ',', &name))
			if (controller(name) < 0)
				add(&strings, name, path);
	return strings.size;
}
