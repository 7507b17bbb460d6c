// SPDX-License-Identifier: GPL-2.0-only OR MIT
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include "tracepoints.h"
#include "probes.h"

struct hook {
	const char *name;
	struct tracepoint *tracepoint;
	bool registered;
};

#define HOOK_ROW(tracepoint_name) [HOOK_##tracepoint_name] = {.name = #tracepoint_name},
static struct hook hooks[HOOK_COUNT] = {HOOKS(HOOK_ROW)};

static void hook_match(struct tracepoint *tp, void *unused)
{
	int i;

	for (i = 0; i < HOOK_COUNT; i++)
		if (!strcmp(hooks[i].name, tp->name))
			hooks[i].tracepoint = tp;
}

int tracepoints_find(void)
{
	int i;

	/* The tracepoints themselves are not exported, but the list of them is. */
	for_each_kernel_tracepoint(hook_match, NULL);
	for (i = 0; i < HOOK_COUNT; i++) {
		if (hooks[i].tracepoint)
			continue;
		pr_err("this kernel has no tracepoint %s\n", hooks[i].name);
		return -ENOENT;
	}
	return 0;
}

static bool tracepoints_drop(u32 which)
{
	bool dropped = false;
	int i;

	for (i = 0; i < HOOK_COUNT; i++) {
		if (!(which & BIT(i)) || !hooks[i].registered)
			continue;
		tracepoint_probe_unregister(hooks[i].tracepoint, probe_function(i), NULL);
		hooks[i].registered = false;
		dropped = true;
	}
	return dropped;
}

int tracepoints_register(u32 wanted)
{
	int i, err;

	if (tracepoints_drop(~wanted))
		tracepoint_synchronize_unregister();
	for (i = 0; i < HOOK_COUNT; i++) {
		if (!(wanted & BIT(i)) || hooks[i].registered)
			continue;
		err = tracepoint_probe_register(hooks[i].tracepoint, probe_function(i), NULL);
		if (err) {
			pr_err("cannot register with tracepoint %s: %d\n", hooks[i].name, err);
			tracepoints_unregister();
			return err;
		}
		hooks[i].registered = true;
	}
	return 0;
}

void tracepoints_unregister(void)
{
	if (tracepoints_drop(~0U))
		tracepoint_synchronize_unregister();
}
