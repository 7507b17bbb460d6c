/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Which event, if any, a hook records: number -> row of the table -> interest -> scope -> drop_failed -> sampling.
 * The backend attaches the hooks, calls these functions, then runs the filler that c->filler names.
 */
#ifndef CAPTURE_DISPATCH_H
#define CAPTURE_DISPATCH_H

#define CAPTURE_NR_MAX	     512
#define CAPTURE_CGROUP_DEPTH 16

#include "indirect.h"

#define CAPTURE_ENUM_FILLER(name) FILLER_##name,
enum capture_filler { FILLER_NONE, SCAP_FILLERS(CAPTURE_ENUM_FILLER) FILLER_MAX };

/* sc == 0: the number is not captured. enter == PPM_EVENT_MAX: no event at sys_enter. */
struct capture_row {
	u16 sc;
	u16 enter;
	u16 exit;
	u16 filler;
};

#define CAPTURE_ROW(nr, ppm_sc, enter_event, exit_event, filler_name)                                        \
	[nr] = {ppm_sc, enter_event, exit_event, FILLER_##filler_name},
#ifdef CAPTURE_HAS_IA32
#define CAPTURE_ROWS (2 * CAPTURE_NR_MAX)
#define CAPTURE_IA32_ONLY(ppm_sc, enter_event, exit_event, filler_name)                                      \
	CAPTURE_ROW(SCAP_IA32_ROWS + ppm_sc, ppm_sc, enter_event, exit_event, filler_name)
static const struct capture_row capture_rows[CAPTURE_ROWS] = {SCAP_SYSCALLS(CAPTURE_ROW)
								  SCAP_IA32_SYSCALLS(CAPTURE_IA32_ONLY)};
#else
#define CAPTURE_ROWS CAPTURE_NR_MAX
static const struct capture_row capture_rows[CAPTURE_ROWS] = {SCAP_SYSCALLS(CAPTURE_ROW)};
#endif

static __always_inline bool capture_wanted(u32 sc)
{
	const volatile struct capture_config *cfg = config();

	return cfg->enabled &&
	       (cfg->interest[BOUND_MASK(sc / 64, CAPTURE_INTEREST_WORDS - 1)] >> (sc % 64)) & 1;
}

/* A process tree is a cgroup: children inherit it at fork, and a new parent does not change it. */
static __always_inline bool capture_in_scope(struct task_struct *task)
{
	u64 scope = config()->scope_cgroup;
	struct css_set *set;
	struct cgroup *cgrp;
	struct kernfs_node *kn;

	if (!scope)
		return true;
	set = KREAD(task, cgroups);
	cgrp = KREAD(set, dfl_cgrp);
	kn = KREAD(cgrp, kn);
	LOOP (i, CAPTURE_CGROUP_DEPTH) {
		if (!kn)
			return false;
		if (walk_kernfs_id(kn) == scope)
			return true;
		kn = walk_kernfs_parent(kn);
	}
	return false;
}

/* Any hook: take the context of `slot` and start an event of `type` for `task`. NULL: there is none to
 * record. */
static __always_inline struct capture_ctx *capture_begin(enum capture_slot slot, u32 sc, u16 type,
							 struct task_struct *task)
{
	struct capture_ctx *c;

	if (!capture_wanted(sc) || !capture_in_scope(task))
		return NULL;
	c = ctx_take(slot);
	if (!c)
		return NULL;
	c->sc = sc;
	c->compat = 0;
	c->again = 0;
	c->round = 0;
	if (sampling_drops(c, sc)) {
		ctx_release(c);
		return NULL;
	}
	frame_begin(c, type);
	return c;
}

/* NULL: not captured. */
static __always_inline const struct capture_row *capture_row_of(u32 nr)
{
	return nr < CAPTURE_ROWS ? &capture_rows[BOUND_MASK(nr, CAPTURE_ROWS - 1)] : NULL;
}

/*
 * sys_enter and sys_exit. `regs` is directly readable (BPF: a copy). Returns a context whose args, ret, nr,
 * sc and filler are set and whose frame has begun; the caller runs the filler, then capture_finish() and
 * ctx_release().
 */
static __always_inline struct capture_ctx *capture_syscall(const struct pt_regs *regs, s64 ret, bool exit)
{
	struct task_struct *task = cur_task();
	const struct capture_row *row;
	struct capture_call call;
	struct capture_ctx *c;
	u16 type;

	if (!capture_identify(regs, &call))
		return NULL;
	row = capture_row_of(call.nr);
	if (!row)
		return NULL;
	type = exit ? row->exit : row->enter;
	if (!row->sc || type == PPM_EVENT_MAX)
		return NULL;
	ret = exit ? regs_ret(regs, ret) : 0;
	if (ret < 0 && config()->drop_failed)
		return NULL;
	c = capture_begin(CAPTURE_SLOT_SYSCALL, row->sc, type, task);
	if (!c)
		return NULL;
	c->ret = ret;
	c->nr = call.nr;
	c->filler = row->filler;
	c->compat = call.compat;
	capture_args(c, regs, &call);
	if (exit && sampling_drops_exit(c)) {
		ctx_release(c);
		return NULL;
	}
	return c;
}

#endif
