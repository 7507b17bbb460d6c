// SPDX-License-Identifier: GPL-2.0-only OR MIT
/* From a tracepoint to a filler. Everything in drivers/capture is compiled here. */
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <trace/events/syscalls.h>
#include "kernel_types.h"
#include "probes.h"

#if defined(CONFIG_X86_64)
#define SCAP_ARCH_X86_64 1
#else
#error "this architecture has no regs_<arch>.h yet"
#endif
#include "scap_schema.h"
#include "scap_flagmaps.h"
#include "scap_fillers.h"
#include "../capture/syscalls.h"

#include "../capture/abi.h"
#include "../capture/context.h"
#include "../capture/regs.h"
#include "vocabulary.h"
#include "../capture/capture.h"
#define FILLER(name) static void fill_##name(struct capture_ctx *c)
#include "../capture/fillers.h"

#define FILLER_ROW(name) [FILLER_##name] = fill_##name,
static void (*const fillers[FILLER_MAX])(struct capture_ctx *) = {SCAP_FILLERS(FILLER_ROW)};

/*
 * From 7.2 the sys_enter and sys_exit probes are called preemptible: stay on this CPU, whose context and ring
 * we use. The kernel structures that a filler walks live at least as long as an RCU read section.
 */
static void hook_begin(void)
{
	preempt_disable_notrace();
	rcu_read_lock();
}

static void hook_end(void)
{
	rcu_read_unlock();
	preempt_enable_notrace();
}

static void finish(struct capture_ctx *c)
{
	capture_finish(c);
	ctx_release(c);
}

static void record_syscall(const struct pt_regs *regs, s64 ret, bool exit)
{
	struct capture_ctx *c;

	hook_begin();
	c = capture_syscall(regs, ret, exit);
	if (c) {
		if (exit)
			fillers[c->filler](c);
		else
			capture_fill_enter(c);
		finish(c);
	}
	hook_end();
}

static void probe_sys_enter(void *data, struct pt_regs *regs, long id)
{
	record_syscall(regs, 0, false);
}

static void probe_sys_exit(void *data, struct pt_regs *regs, long ret)
{
	record_syscall(regs, ret, true);
}

void *probe_function(enum hook_id hook)
{
	static void *const functions[HOOKS] = {
	    [HOOK_SYS_ENTER] = probe_sys_enter,
	    [HOOK_SYS_EXIT] = probe_sys_exit,
	};

	check_trace_callback_type_sys_enter(probe_sys_enter);
	check_trace_callback_type_sys_exit(probe_sys_exit);
	return functions[hook];
}

/* Word by word: hooks read while we write. */
void probes_configure(const struct capture_config *new)
{
	struct capture_config *now = &scapyard_config;
	int i;

	WRITE_ONCE(now->snaplen, new->snaplen);
	WRITE_ONCE(now->drop_failed, new->drop_failed);
	WRITE_ONCE(now->scope_cgroup, new->scope_cgroup);
	WRITE_ONCE(now->boot_offset_ns, new->boot_offset_ns);
	for (i = 0; i < CAPTURE_INTEREST_WORDS; i++)
		WRITE_ONCE(now->interest[i], new->interest[i]);
}

void probes_enable(bool on)
{
	WRITE_ONCE(scapyard_config.enabled, on);
}

static bool interesting(u32 sc)
{
	return scapyard_config.interest[sc / 64] >> (sc % 64) & 1;
}

u32 probes_wanted(void)
{
	u32 wanted = 0;
	int nr;

	for (nr = 0; nr < CAPTURE_NR_MAX; nr++) {
		const struct capture_row *row = &capture_rows[nr];

		if (!row->sc || !interesting(row->sc))
			continue;
		wanted |= BIT(HOOK_SYS_EXIT);
		if (row->enter != PPM_EVENT_MAX)
			wanted |= BIT(HOOK_SYS_ENTER);
	}
	return wanted;
}
