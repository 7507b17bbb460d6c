/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * The event frame: a packed header, one u16 length per parameter, the data.
 * push_*() appends one whole parameter; bld_begin(), bld_*(), bld_end() compose one from pieces.
 * A copy that fails leaves the parameter empty (length 0): the number of parameters never changes.
 */
#ifndef CAPTURE_FRAME_H
#define CAPTURE_FRAME_H

#define CAPTURE_OFF_LEN	    16
#define CAPTURE_OFF_TYPE    20
#define CAPTURE_OFF_NPARAMS 22

#define CAPTURE_ROW_NPARAMS(code, count) [code] = count,
static const u8 capture_nparams[PPM_EVENT_MAX] = {SCAP_NPARAMS(CAPTURE_ROW_NPARAMS)};

#define CAPTURE_ROW_LOSS(code, loss) [code] = loss,
static const u8 capture_losses[PPM_EVENT_MAX] = {SCAP_LOSSES(CAPTURE_ROW_LOSS)};

/* Where the next byte goes. The mask keeps a too long event inside frame[]; capture_finish() drops it. */
static __always_inline u8 *frame_end(struct capture_ctx *c)
{
	u32 at = c->data + c->built;

	return &c->frame[BOUND_MASK(at, CAPTURE_MAX_EVENT)];
}

static __always_inline void frame_param(struct capture_ctx *c, u32 len)
{
	u32 at = c->at;

	STORE(u16, &c->frame[CAPTURE_HEADER_SIZE + 2 * BOUND_MASK(at, CAPTURE_MAX_PARAMS - 1)], len);
	c->at = at + 1;
	c->data += len;
}

static __always_inline void push_none(struct capture_ctx *c)
{
	frame_param(c, 0);
}

static __always_inline void push_u8(struct capture_ctx *c, u8 v)
{
	STORE(u8, frame_end(c), v);
	frame_param(c, 1);
}

static __always_inline void push_u16(struct capture_ctx *c, u16 v)
{
	STORE(u16, frame_end(c), v);
	frame_param(c, 2);
}

static __always_inline void push_u32(struct capture_ctx *c, u32 v)
{
	STORE(u32, frame_end(c), v);
	frame_param(c, 4);
}

static __always_inline void push_u64(struct capture_ctx *c, u64 v)
{
	STORE(u64, frame_end(c), v);
	frame_param(c, 8);
}

static __always_inline void push_s16(struct capture_ctx *c, s16 v)
{
	push_u16(c, (u16)v);
}

static __always_inline void push_s32(struct capture_ctx *c, s32 v)
{
	push_u32(c, (u32)v);
}

static __always_inline void push_s64(struct capture_ctx *c, s64 v)
{
	push_u64(c, (u64)v);
}

/* A file descriptor or dirfd argument: an int in the call, 64 bits in the event. */
static __always_inline void push_fd(struct capture_ctx *c, u64 arg)
{
	push_s64(c, (s32)arg);
}

/* A NUL-terminated string, cut at `max` bytes with its NUL. Returns its length, 0 on failure. */
static __always_inline u32 push_cstr_user(struct capture_ctx *c, u64 addr, const u32 max)
{
	s64 n = addr ? copy_user_str(frame_end(c), max, addr) : 0;
	u32 len = n > 0 ? (u32)n : 0;

	frame_param(c, len);
	return len;
}

static __always_inline u32 push_cstr_kernel(struct capture_ctx *c, const void *addr, const u32 max)
{
	s64 n = copy_kernel_str(frame_end(c), max, addr);
	u32 len = n > 0 ? (u32)n : 0;

	frame_param(c, len);
	return len;
}

/* min(n, max) bytes of user memory, all or nothing. `max` is a literal. */
static __always_inline u32 push_bytes_user(struct capture_ctx *c, u64 addr, u64 n, const u32 max)
{
	u32 len = n < max ? (u32)n : max;

	if (!addr || !len || copy_user(frame_end(c), BOUND(len, max), addr))
		len = 0;
	frame_param(c, len);
	return len;
}

/* ---- composed parameters ---- */

static __always_inline void bld_begin(struct capture_ctx *c)
{
	c->built = 0;
}

static __always_inline void bld_u8(struct capture_ctx *c, u8 v)
{
	STORE(u8, frame_end(c), v);
	c->built += 1;
}

static __always_inline void bld_u16(struct capture_ctx *c, u16 v)
{
	STORE(u16, frame_end(c), v);
	c->built += 2;
}

static __always_inline void bld_u32(struct capture_ctx *c, u32 v)
{
	STORE(u32, frame_end(c), v);
	c->built += 4;
}

static __always_inline void bld_u64(struct capture_ctx *c, u64 v)
{
	STORE(u64, frame_end(c), v);
	c->built += 8;
}

/* `max` bytes at most, a literal; all or nothing. Returns what was added. */
static __always_inline u32 bld_bytes_user(struct capture_ctx *c, u64 addr, u64 n, const u32 max)
{
	u32 len = n < max ? (u32)n : max;

	if (!len || copy_user(frame_end(c), BOUND(len, max), addr))
		return 0;
	c->built += len;
	return len;
}

static __always_inline u32 bld_bytes_kernel(struct capture_ctx *c, const void *addr, u64 n, const u32 max)
{
	u32 len = n < max ? (u32)n : max;

	if (!len || copy_kernel(frame_end(c), BOUND(len, max), addr))
		return 0;
	c->built += len;
	return len;
}

/* With its NUL, cut at `max` including the NUL. Returns the length added. */
static __always_inline u32 bld_cstr_kernel(struct capture_ctx *c, const void *addr, const u32 max)
{
	s64 n = copy_kernel_str(frame_end(c), max, addr);

	if (n <= 0)
		return 0;
	c->built += (u32)n;
	return (u32)n;
}

static __always_inline u32 bld_cstr_user(struct capture_ctx *c, u64 addr, const u32 max)
{
	s64 n = addr ? copy_user_str(frame_end(c), max, addr) : 0;

	if (n <= 0)
		return 0;
	c->built += (u32)n;
	return (u32)n;
}

/* Drop the last byte: joins strings by overwriting the NUL between them. */
static __always_inline void bld_chop(struct capture_ctx *c)
{
	if (c->built)
		c->built -= 1;
}

/* Make the last byte NUL. */
static __always_inline void bld_terminate(struct capture_ctx *c)
{
	u32 at = c->data + c->built - 1;

	STORE(u8, &c->frame[BOUND_MASK(at, CAPTURE_MAX_EVENT)], 0);
}

/* Cut the parameter at `max` bytes, the last of them NUL. */
static __always_inline void bld_limit(struct capture_ctx *c, const u32 max)
{
	if (c->built > max) {
		c->built = max;
		bld_terminate(c);
	}
}

/* Forget what was built: the parameter becomes empty. */
static __always_inline void bld_clear(struct capture_ctx *c)
{
	c->built = 0;
}

static __always_inline void bld_end(struct capture_ctx *c)
{
	u32 len = c->built;

	c->built = 0;
	frame_param(c, len);
}

/* ---- begin and end of an event ---- */

static __always_inline void frame_begin(struct capture_ctx *c, u16 type)
{
	u32 nparams = type < PPM_EVENT_MAX ? capture_nparams[type] : 0;

	c->type = type;
	c->nparams = nparams;
	c->loss = type < PPM_EVENT_MAX ? capture_losses[type] : SCAP_LOSS_OTHER;
	c->snaplen = config()->snaplen;
	c->at = 0;
	c->built = 0;
	c->skip = 0;
	c->data = CAPTURE_HEADER_SIZE + 2 * nparams;
	STORE(u64, &c->frame[0], now_ns());
	STORE(u64, &c->frame[8], cur_tid());
	STORE(u16, &c->frame[CAPTURE_OFF_TYPE], type);
	STORE(u32, &c->frame[CAPTURE_OFF_NPARAMS], nparams);
}

/* An event about another thread than the running one. */
static __always_inline void frame_set_tid(struct capture_ctx *c, u64 tid)
{
	STORE(u64, &c->frame[8], tid);
}

/* Count the event and hand it to the ring. */
static __always_inline void capture_finish(struct capture_ctx *c)
{
	struct capture_counters *count = counters();
	u32 len = c->data;

	if (c->skip || !count)
		return;
	COUNT(count->seen);
	if (c->at != c->nparams) {
		DEBUG("type %u: %u parameters pushed, %u expected", c->type, c->at, c->nparams);
		COUNT(count->lost_bug);
		return;
	}
	if (len > CAPTURE_MAX_EVENT) {
		COUNT(count->lost_scratch);
		return;
	}
	STORE(u32, &c->frame[CAPTURE_OFF_LEN], len);
	DEBUG("type %u, %u bytes, tid %u", c->type, len, (u32)cur_tid());
	if (ring_write(c, BOUND(len, CAPTURE_MAX_EVENT))) {
		COUNT(count->lost_ring);
		COUNT(count->lost_ring_of[BOUND_MASK(c->loss, CAPTURE_LOSSES - 1)]);
	} else {
		COUNT(count->pushed);
	}
}

/* After capture_finish(). True: the filler is to run again; the frame of its next event has begun. */
static __always_inline bool capture_again(struct capture_ctx *c)
{
	if (!c->again)
		return false;
	c->again = 0;
	c->round++;
	frame_begin(c, c->type);
	return true;
}

#endif
