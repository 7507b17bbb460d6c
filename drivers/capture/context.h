/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The state of one event under construction. One context per CPU and slot, in the backend's memory. */
#ifndef CAPTURE_CONTEXT_H
#define CAPTURE_CONTEXT_H

#define CAPTURE_MAX_PARAMS  32
#define CAPTURE_MAX_EVENT   65535 /* the largest event; a longer one is counted in lost_scratch */
#define CAPTURE_HEADER_SIZE 26
#define CAPTURE_WALK_MAX    64 /* components of a path or of a cgroup name */

/*
 * A hook can interrupt another one on its CPU: reading absent user memory inside a filler raises
 * page_fault_kernel, and a preemptible hook can be switched out. Each level has a context of its own.
 */
enum capture_slot {
	CAPTURE_SLOT_SYSCALL = 0, /* sys_enter, sys_exit */
	CAPTURE_SLOT_TASK =
	    1, /* exec, fork, exit, signal: from 7.0 on they may be preempted by other tasks' calls */
	CAPTURE_SLOT_SWITCH = 2,
	CAPTURE_SLOT_FAULT = 3,
	CAPTURE_SLOTS = 4,
};

/* What a filler needs of a caller's struct msghdr. */
struct capture_msghdr {
	u64 name;
	u64 iov;
	u64 control;
	u64 control_size;
	u32 name_size;
	u32 iov_count;
};

struct capture_ctx {
	/* Set by the hook. For tracepoints args[] holds the tracepoint's own arguments. */
	u64 args[6];
	s64 ret;
	u32 nr;	    /* native number of the architecture; after the ia32 translation */
	u16 sc;	    /* PPM_SC */
	u16 type;   /* PPME */
	u32 filler; /* enum capture_filler */
	u32 compat; /* 1: a 32-bit call on a 64-bit kernel */
	u32 busy;   /* backend: somebody is using this context */
	u32 skip;   /* the filler decided that there is no event */
	u32 again;  /* the filler wants to run once more, for another event of the same call */
	u32 round;  /* how often it ran before */

	/* The frame so far. */
	u32 at;	     /* parameters pushed */
	u32 nparams; /* parameters that the event has */
	u32 loss;    /* enum scap_loss: what it counts as if the ring is full */
	u32 snaplen; /* bytes kept of its data */
	u32 data;    /* offset in frame[] of the next byte of data */
	u32 built;   /* bytes of the parameter under construction (bld_*) */

	/* Scratch of walks: here, not in locals, so that the BPF verifier need not tell iterations apart. */
	u64 walk[CAPTURE_WALK_MAX];
	u32 walk_len;
	u32 left;
	u64 cursor[4];
	u64 tmp[8]; /* a small user-space structure being looked at */
	struct capture_msghdr msg;

	u64 prefix; /* backend: what it puts before the frame in its ring */
	/* Twice the maximum: an offset is below 64 KiB, and so is what is copied there. */
	u8 frame[2 * (CAPTURE_MAX_EVENT + 1)];
};

#endif
