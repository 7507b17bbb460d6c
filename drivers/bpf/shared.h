/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What this driver and its engine in libscap share beyond capture/abi.h. */
#ifndef BPF_SHARED_H
#define BPF_SHARED_H

#include "../capture/abi.h"

/* One row of the map `cpus`. */
struct bpf_cpu {
	struct capture_counters counters;
	__u32 ring;   /* index in `rings`; set by user space before attaching */
	__u32 paused; /* dropping mode leaves out this CPU's events now */
	__u32 reserved[14];
};

/*
 * What this object is, in a section that no kernel gets to see: user space reads it in the file, before it
 * loads anything. Both are major << 44 | minor << 24 | patch.
 */
struct bpf_versions {
	__u64 capture_api; /* CAPTURE_API_VERSION */
	__u64 schema;	   /* of the event table */
};
#define BPF_VERSIONS_SECTION "scapyard.versions"

/* Section .data.probe of the preemption probe. */
struct bpf_preempt_probe {
	__u32 target; /* process whose calls are looked at; set by user space */
	__u32 answer; /* enum bpf_preempt_answer; 0: no call of it was seen yet */
};

enum bpf_preempt_answer { BPF_PREEMPT_OFF = 1, BPF_PREEMPTIBLE = 2 };

/* Stands before each event in a ring; the event after it stays 8-byte aligned. */
struct bpf_ring_prefix {
	__u32 cpu;
	__u32 reserved;
};

#endif
