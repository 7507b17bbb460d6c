/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The calls and the shared memory of /dev/scapyard. README.md tells how they are used together. */
#ifndef SCAPYARD_DEVICE_ABI_H
#define SCAPYARD_DEVICE_ABI_H

#include <linux/ioctl.h>
#include <linux/types.h>
#include "../capture/abi.h"

#define SCAPYARD_MODULE "scapyard"
#define SCAPYARD_DEVICE "/dev/" SCAPYARD_MODULE

/* Raised by every change in this file or in abi.h; the two sides must have the same. */
#define SCAPYARD_DEVICE_ABI 3

#define SCAPYARD_EVENT_ALIGN 8 /* events start at multiples of it; the gap behind one is not to be read */

/* How versions of three numbers travel. */
#define SCAPYARD_PACK_VERSION(major, minor, patch) ((__u64)(major) << 44 | (__u64)(minor) << 24 | (patch))

enum scapyard_build_flags {
	SCAPYARD_BUILD_DEBUG = 1, /* traces what its fillers do to the ftrace buffer */
};

/* What this module is. First in the ABI for good, so that any two versions can tell each other apart. */
struct scapyard_versions {
	__u32 device_abi;  /* SCAPYARD_DEVICE_ABI */
	__u32 build_flags; /* enum scapyard_build_flags */
	__u64 capture_api; /* CAPTURE_API_VERSION */
	__u64 schema;	   /* of the event table, packed */
};

enum scapyard_setup_flags {
	/* Rings for the CPUs that are online, not for all possible ones. Others get theirs when they come
	   online. */
	SCAPYARD_ONLINE_CPUS = 1,
};

/* Make the rings. Once per open file. */
struct scapyard_setup {
	__u64 ring_bytes; /* in: of data in one ring; a power of two, at least two pages */
	__u32 flags;	  /* in: enum scapyard_setup_flags */
	__u32 rings;	  /* out: how many were made */
	__u32 cpu_ids;	  /* out: CPU numbers are below this */
	__u32 reserved;	  /* 0 */
};

struct scapyard_cpu_counters {
	__u32 cpu;			  /* in */
	__u32 reserved;			  /* 0 */
	struct capture_counters counters; /* out */
};

#define SCAPYARD_IOC_VERSIONS _IOR('s', 0x40, struct scapyard_versions)
#define SCAPYARD_IOC_SETUP    _IOWR('s', 0x41, struct scapyard_setup)
/* Any time; `enabled` is ignored: it belongs to START and STOP. */
#define SCAPYARD_IOC_CONFIG _IOW('s', 0x42, struct capture_config)
#define SCAPYARD_IOC_START  _IO('s', 0x43)
/* When it returns no hook records any more, and every event that was recorded is in a ring. */
#define SCAPYARD_IOC_STOP     _IO('s', 0x44)
#define SCAPYARD_IOC_COUNTERS _IOWR('s', 0x45, struct scapyard_cpu_counters)
/* Empty the rings and zero the counters. Stopped only. */
#define SCAPYARD_IOC_RESET _IO('s', 0x46)

/*
 * mmap: ring i begins at page i * (2 + 2 * ring_bytes / page size). Its first page may be mapped writable, on
 * its own; the rest only readable: the producer page, the data, and the data once more.
 */
struct scapyard_consumer_page {
	__u64 position; /* bytes that the reader has finished with; store with release */
};

struct scapyard_producer_page {
	__u64 position; /* bytes that have been written; load with acquire */
	__u32 cpu;	/* whose events these are */
	__u32 rings;	/* of ring 0: how many there are now; load with acquire */
};

#endif
