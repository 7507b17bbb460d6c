/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What user space and both drivers share: the settings of a capture and its counters. */
#ifndef CAPTURE_ABI_H
#define CAPTURE_ABI_H

#if !defined(__KERNEL__) && !defined(__bpf__)
#include <linux/types.h>
#endif

/* API version of this structure layout and of the fillers' meaning: major<<44 | minor<<24 | patch. */
#define CAPTURE_API_VERSION (11ULL << 44)

#define CAPTURE_SNAPLEN_DEFAULT 80
#define CAPTURE_SNAPLEN_MAX	65000
#define CAPTURE_INTEREST_WORDS	8 /* 512 bits; bit PPM_SC is bit (sc % 64) of word sc / 64 */

/* Written by user space at any time, read by the hooks; every field is a naturally aligned word. */
struct capture_config {
	__u32 enabled;	   /* 0: hooks return at once */
	__u32 snaplen;	   /* bytes kept of a data buffer, at most CAPTURE_SNAPLEN_MAX */
	__u32 drop_failed; /* 1: no exit event of a syscall that returned a negative value */
	__u32
	    sampling_ratio; /* 0: everything; N: dropping mode (sampling.h), the first 1/N of every second */
	__u32 dynamic_snaplen; /* 1: more bytes of what snaplen.h recognises */
	__u32 page_shift;   /* log2 of the page size; set by the eBPF engine, whose programs cannot know it */
	__u64 scope_cgroup; /* id of a cgroup v2: only tasks in it or below it; 0 = every task */
	__u64 boot_offset_ns; /* CLOCK_REALTIME - CLOCK_BOOTTIME, added to boot time to stamp events */
	__u64 interest[CAPTURE_INTEREST_WORDS];
	/* Dynamic snaplen, in host order: ports first…last (last 0: none), and statsd's (0: none). */
	__u32 fullcapture_first;
	__u32 fullcapture_last;
	__u32 statsd_port;
	__u32 reserved;
};

#define CAPTURE_LOSSES 16 /* room for the kinds of events that losses are counted by (scap_losses.h) */

/* One set per CPU, written only by that CPU. seen == pushed + lost_ring + lost_scratch + lost_bug. */
struct capture_counters {
	__u64 seen;	    /* events that a filler recorded */
	__u64 pushed;	    /* of these: put in the ring */
	__u64 lost_ring;    /* no room in the ring */
	__u64 lost_scratch; /* event larger than 64 KiB */
	__u64 lost_bug;	    /* a filler pushed another number of parameters than the event has */
	__u64 lost_busy;    /* hook ran while another one used the same scratch; nothing was recorded */
	__u64 reserved[2];
	__u64 lost_ring_of[CAPTURE_LOSSES]; /* by enum scap_loss; their sum is lost_ring */
};

#endif
