/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* System V semaphores: semget, semop, semctl. */
#ifndef CAPTURE_IPC_SEM_H
#define CAPTURE_IPC_SEM_H

#define CAPTURE_IPC_64 0x100 /* callers whose structures are of the new kind add it to the command */

/* struct sembuf */
enum { SEMBUF_NUM = 0, SEMBUF_OP = 2, SEMBUF_FLAGS = 4, SEMBUF_SIZE = 6 };

FILLER(semget)
{
	push_s64(c, ret(c));
	push_s32(c, (s32)arg(c, 0));
	push_s32(c, (s32)arg(c, 1));
	push_u32(c, scap_map_semget_flags((u32)arg(c, 2)));
}

static __always_inline void push_sembuf(struct capture_ctx *c, bool counts, u64 addr)
{
	push_u16(c, counts ? user_u16(addr + SEMBUF_NUM) : 0);
	push_s16(c, counts ? (s16)user_u16(addr + SEMBUF_OP) : 0);
	push_u16(c, counts ? scap_map_semop_flags(user_u16(addr + SEMBUF_FLAGS)) : 0);
}

/* The first two operations of a call that succeeded. */
FILLER(semop)
{
	u64 ops = arg(c, 1);
	u32 n = (u32)arg(c, 2);
	bool done = ret(c) == 0;

	push_s64(c, ret(c));
	push_u32(c, n);
	push_sembuf(c, done && n > 0, ops);
	push_sembuf(c, done && n > 1, ops + SEMBUF_SIZE);
	push_s32(c, (s32)arg(c, 0));
}

FILLER(semctl)
{
	u16 cmd = scap_map_semctl_cmd((u32)arg(c, 2) & ~CAPTURE_IPC_64);

	push_s64(c, ret(c));
	push_s32(c, (s32)arg(c, 0));
	push_s32(c, (s32)arg(c, 1));
	push_u16(c, cmd);
	push_s32(c, cmd == PPM_SETVAL ? (s32)arg(c, 3) : 0);
}

#endif
