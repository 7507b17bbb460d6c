/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The .scap file: blocks of `u32 type, u32 total, body, padding to 4, u32 total`, where total counts
 * everything. Integers are in the byte order of the writer. The shape is pcapng's.
 */
#ifndef SCAP_FORMAT_H
#define SCAP_FORMAT_H

#include <stdint.h>

enum {
	BLOCK_SECTION = 0x0A0D0D0A,
	BLOCK_MACHINE = 0x201,
	BLOCK_MACHINE_OLD = 0x8002ABCD,
	BLOCK_PROCESSES_V9 = 0x215,
	BLOCK_FDS_V2 = 0x218,
	BLOCK_INTERFACES_V2 = 0x219,
	BLOCK_USERS_V2 = 0x220,
	BLOCK_EVENT_V1 = 0x204,
	BLOCK_EVENT_V1_OLD = 0x8010ABCD,
	BLOCK_EVENT_FLAGS_V1 = 0x208,
	BLOCK_EVENT_V2 = 0x216,
	BLOCK_EVENT_FLAGS_V2 = 0x217,
	BLOCK_EVENT_V2_LARGE = 0x221,
	BLOCK_EVENT_FLAGS_V2_LARGE = 0x222,
};

#define BLOCK_HEADER  8
#define BLOCK_TRAILER 4
#define BLOCK_MIN     (BLOCK_HEADER + BLOCK_TRAILER)

/* Readers of the field refuse an event block above this unless its code says "large". */
#define EVENT_BLOCK_MAX (65536 + BLOCK_HEADER)
/* Our own bound for everything else that has to lie in memory in one piece. */
#define BLOCK_MAX (256u << 20)

/* Section body: u32 magic, u16 major, u16 minor, u64 length (all ones: unknown). */
#define SECTION_BODY	    16
#define SECTION_MAGIC	    0x1A2B3C4Du
#define SECTION_MAGIC_OTHER 0x4D3C2B1Au
#define SECTION_MAJOR	    1
#define SECTION_MINOR	    2

/* Machine body: u32 cpus, u64 memory, u64 max pid, char hostname[128], u64 boot ns, u64 flags, u64[2]
 * reserved. */
#define MACHINE_BODY	 180
#define MACHINE_HOSTNAME 128

/* Interface entries: 3 and 4 are 1 and 2 of the time before link speeds. */
enum { INTERFACE_IPV4 = 1, INTERFACE_IPV6 = 2, INTERFACE_IPV4_NO_SPEED = 3, INTERFACE_IPV6_NO_SPEED = 4 };

/* Entries of the user list. */
enum { USER_KIND_USER = 0, USER_KIND_GROUP = 1 };

static inline uint32_t pad4(uint32_t size)
{
	return (size + 3) & ~3u;
}

#endif
