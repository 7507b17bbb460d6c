/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* quotactl: what `addr` points to depends on the command. */
#ifndef CAPTURE_FS_QUOTA_H
#define CAPTURE_FS_QUOTA_H

/* struct if_dqblk of linux/quota.h: eight u64, then which of them count. */
enum {
	DQBLK_BHARDLIMIT = 0,
	DQBLK_BSOFTLIMIT = 8,
	DQBLK_CURSPACE = 16,
	DQBLK_IHARDLIMIT = 24,
	DQBLK_ISOFTLIMIT = 32,
	DQBLK_BTIME = 48,
	DQBLK_ITIME = 56,
	DQBLK_VALID = 64,
	DQBLK_HAS_BLIMITS = 1,
	DQBLK_HAS_SPACE = 2,
	DQBLK_HAS_ILIMITS = 4,
	DQBLK_HAS_BTIME = 16,
	DQBLK_HAS_ITIME = 32,
};

/* struct if_dqinfo: two u64, u32 flags, u32 which of them count. */
enum {
	DQINFO_BGRACE = 0,
	DQINFO_IGRACE = 8,
	DQINFO_FLAGS = 16,
	DQINFO_VALID = 20,
	DQINFO_HAS_BGRACE = 1,
	DQINFO_HAS_IGRACE = 2,
	DQINFO_HAS_FLAGS = 4,
};

/* The field at `addr` if the structure says that it counts, else 0. */
static __always_inline void push_quota_u64(struct capture_ctx *c, bool counts, u64 addr)
{
	push_u64(c, counts ? user_u64(c, addr) : 0);
}

static __always_inline void push_quota_block(struct capture_ctx *c, u32 cmd)
{
	u64 blk = arg(c, 3);
	u32 has = cmd == PPM_Q_GETQUOTA || cmd == PPM_Q_SETQUOTA ? user_u32(c, blk + DQBLK_VALID) : 0;

	push_quota_u64(c, has & DQBLK_HAS_BLIMITS, blk + DQBLK_BHARDLIMIT);
	push_quota_u64(c, has & DQBLK_HAS_BLIMITS, blk + DQBLK_BSOFTLIMIT);
	push_quota_u64(c, has & DQBLK_HAS_SPACE, blk + DQBLK_CURSPACE);
	push_quota_u64(c, has & DQBLK_HAS_ILIMITS, blk + DQBLK_IHARDLIMIT);
	push_quota_u64(c, has & DQBLK_HAS_ILIMITS, blk + DQBLK_ISOFTLIMIT);
	push_quota_u64(c, has & DQBLK_HAS_BTIME, blk + DQBLK_BTIME);
	push_quota_u64(c, has & DQBLK_HAS_ITIME, blk + DQBLK_ITIME);
}

static __always_inline void push_quota_info(struct capture_ctx *c, u32 cmd)
{
	u64 info = arg(c, 3);
	u32 has = cmd == PPM_Q_GETINFO || cmd == PPM_Q_SETINFO ? user_u32(c, info + DQINFO_VALID) : 0;

	push_quota_u64(c, has & DQINFO_HAS_BGRACE, info + DQINFO_BGRACE);
	push_quota_u64(c, has & DQINFO_HAS_IGRACE, info + DQINFO_IGRACE);
	push_u8(c, has & DQINFO_HAS_FLAGS ? (u8)user_u32(c, info + DQINFO_FLAGS) : 0);
}

static __always_inline bool quota_takes_id(u32 cmd)
{
	return cmd == PPM_Q_GETQUOTA || cmd == PPM_Q_SETQUOTA || cmd == PPM_Q_XGETQUOTA ||
	       cmd == PPM_Q_XSETQLIM;
}

FILLER(quotactl)
{
	u32 cmd = scap_map_quotactl_cmd((u32)arg(c, 0) >> 8);

	push_s64(c, ret(c));
	push_path_arg(c, 1);
	if (cmd == PPM_Q_QUOTAON)
		push_path_arg(c, 3);
	else
		push_none(c);
	push_quota_block(c, cmd);
	push_quota_info(c, cmd);
	push_u8(c, cmd == PPM_Q_GETFMT ? scap_map_quotactl_fmt(user_u32(c, arg(c, 3))) : PPM_QFMT_NOT_USED);
	push_u16(c, cmd);
	push_u8(c, scap_map_quotactl_type((u8)arg(c, 0)));
	push_u32(c, quota_takes_id(cmd) ? (u32)arg(c, 2) : 0);
	push_u8(c, cmd == PPM_Q_QUOTAON ? scap_map_quotactl_fmt((u32)arg(c, 2)) : PPM_QFMT_NOT_USED);
}

#endif
