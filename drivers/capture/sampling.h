/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Dropping mode, for a consumer that falls behind: of every second only the first 1/ratio is recorded, apart
 * from calls that change what the consumer knows (never dropped), and without those that say little (always
 * dropped). The schema says which is which.
 */
#ifndef CAPTURE_SAMPLING_H
#define CAPTURE_SAMPLING_H

#define SAMPLING_SECOND_NS	 1000000000ULL
#define SAMPLING_F_DUPFD	 0
#define SAMPLING_F_DUPFD_CLOEXEC 1030

enum capture_sampling {
	CAPTURE_SAMPLED = 0,
	CAPTURE_DROP_NEVER,
	CAPTURE_DROP_ALWAYS,
};

#define CAPTURE_SAMPLING_ROW(ppm_sc, when) [ppm_sc] = CAPTURE_DROP_##when,
static const u8 capture_sampling_rows[64 * CAPTURE_INTEREST_WORDS] = {SCAP_SAMPLING(CAPTURE_SAMPLING_ROW)};

/* Where a CPU's events begin to be left out, and where they come again, an event of its own says so. */
static __always_inline void sampling_mark(struct capture_ctx *c, u16 type)
{
	frame_begin(c, type);
	push_u32(c, config()->sampling_ratio);
	capture_finish(c);
}

/* Whether this moment is one of those that are left out. */
static __always_inline bool sampling_pauses(struct capture_ctx *c)
{
	bool pause = now_ns() % SAMPLING_SECOND_NS >= SAMPLING_SECOND_NS / (config()->sampling_ratio ?: 1);
	u32 *paused = sampling_paused();

	if (!paused || *paused == pause)
		return pause;
	*paused = pause;
	sampling_mark(c, pause ? PPME_DROP_E : PPME_DROP_X);
	return pause;
}

/* Whether dropping mode leaves out an event of `sc`. Uses c's frame. */
static __always_inline bool sampling_drops(struct capture_ctx *c, u32 sc)
{
	u8 when;

	if (!config()->sampling_ratio)
		return false;
	when = capture_sampling_rows[BOUND_MASK(sc, 64 * CAPTURE_INTEREST_WORDS - 1)];
	if (when != CAPTURE_SAMPLED)
		return when == CAPTURE_DROP_ALWAYS;
	return sampling_pauses(c);
}

/* Exits of calls that are never dropped, where they changed nothing. */
static __always_inline bool sampling_drops_exit(const struct capture_ctx *c)
{
	if (!config()->sampling_ratio)
		return false;
	if (c->sc == PPM_SC_CLOSE || c->sc == PPM_SC_BIND)
		return c->ret < 0;
	return c->sc == PPM_SC_FCNTL && (u32)c->args[1] != SAMPLING_F_DUPFD &&
	       (u32)c->args[1] != SAMPLING_F_DUPFD_CLOEXEC;
}

#endif
