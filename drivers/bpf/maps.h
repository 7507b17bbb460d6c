/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Everything that outlives a program run. User space finds the maps by name; the engine multiplies the
 * sizes of `cpus` and `contexts`, given here for one CPU.
 */
#ifndef BPF_MAPS_H
#define BPF_MAPS_H

#include "shared.h"

/* From the kernel's stable ABI (linux/bpf.h), which would drag in the host's own types. */
enum {
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_ARRAY_OF_MAPS = 12,
	BPF_MAP_TYPE_RINGBUF = 27,
	BPF_F_MMAPABLE = 1 << 10,
	BPF_RB_NO_WAKEUP = 1,
};

/* User space maps its section: settings change without a system call. */
volatile struct capture_config capture_config SEC(".data.config") = {};

const struct bpf_versions driver_versions SEC(BPF_VERSIONS_SECTION) = {
    .capture_api = CAPTURE_API_VERSION,
    .schema = (u64)SCAP_SCHEMA_VERSION_MAJOR << 44 | (u64)SCAP_SCHEMA_VERSION_MINOR << 24 |
	      SCAP_SCHEMA_VERSION_PATCH,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1); /* per possible CPU */
	__uint(map_flags, BPF_F_MMAPABLE);
	__type(key, u32);
	__type(value, struct bpf_cpu);
} cpus SEC(".maps");

/* An array with a row per CPU and slot: values of real per-CPU maps end at 32 KiB. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, CAPTURE_SLOTS); /* per possible CPU */
	__type(key, u32);
	__type(value, struct capture_ctx);
} contexts SEC(".maps");

struct ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096); /* a stand-in: it tells the kernel the type of the rings */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1); /* number of rings, set at load */
	__type(key, u32);
	__array(values, struct ring);
} rings SEC(".maps");

#endif
