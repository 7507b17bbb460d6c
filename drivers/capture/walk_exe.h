/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* What kind of file a process runs: PPM_EXE_* flags. */
#ifndef CAPTURE_WALK_EXE_H
#define CAPTURE_WALK_EXE_H

#define WALK_CAP_DAC_OVERRIDE 1
#define WALK_SB_RDONLY	      1
#define WALK_S_IMMUTABLE      8
#define WALK_GROUPS_MAX	      32 /* supplementary groups looked at */

static __always_inline bool walk_in_group(struct capture_ctx *c, const struct cred *cred, u32 gid)
{
	struct group_info *groups = KREAD(cred, group_info);
	u32 count = KREAD(groups, ngroups);
	u64 list = (u64)(unsigned long)KADDR(groups, gid);

	if (KREAD(cred, fsgid.val) == gid)
		return true;
	c->left = count;
	LOOP (i, WALK_GROUPS_MAX) {
		if (i >= c->left)
			return false;
		if (KREADP(u32, list + 4 * (u64)i) == gid)
			return true;
	}
	return false;
}

/* May the task write to the file: by ownership and mode, or because CAP_DAC_OVERRIDE lets it. */
static __always_inline bool walk_exe_writable(struct capture_ctx *c, struct task_struct *task,
					      struct inode *inode)
{
	const struct cred *cred = KREAD(task, cred);
	u32 mode = KREAD(inode, i_mode);

	if (KREAD(inode, i_sb, s_flags) & WALK_SB_RDONLY || KREAD(inode, i_flags) & WALK_S_IMMUTABLE)
		return false;
	if (walk_capability(KADDR(cred, cap_effective)) >> WALK_CAP_DAC_OVERRIDE & 1)
		return true;
	if (KREAD(cred, fsuid.val) == KREAD(inode, i_uid.val))
		return mode & 0200;
	if (walk_in_group(c, cred, KREAD(inode, i_gid.val)))
		return mode & 0020;
	return mode & 0002;
}

/* A memfd's dentry is its own parent and its name begins with "memfd:". */
static __always_inline bool walk_is_memfd(struct file *file)
{
	struct dentry *dentry = KREAD(file, f_path.dentry);
	const u8 *name = KREAD(dentry, d_name.name);

	if (KREAD(dentry, d_parent) != dentry)
		return false;
	return KREADP(u8, name) == 'm' && KREADP(u8, name + 1) == 'e' && KREADP(u8, name + 2) == 'm' &&
	       KREADP(u8, name + 3) == 'f' && KREADP(u8, name + 4) == 'd' && KREADP(u8, name + 5) == ':';
}

static __always_inline u32 walk_exe_flags(struct capture_ctx *c, struct task_struct *task, struct file *exe)
{
	u32 flags = 0, layer = walk_file_open_bits(exe);

	if (!exe)
		return 0;
	if (walk_exe_writable(c, task, KREAD(exe, f_inode)))
		flags |= PPM_EXE_WRITABLE;
	if (layer & PPM_FD_UPPER_LAYER)
		flags |= PPM_EXE_UPPER_LAYER;
	if (layer & PPM_FD_LOWER_LAYER)
		flags |= PPM_EXE_LOWER_LAYER;
	if (walk_is_memfd(exe))
		flags |= PPM_EXE_FROM_MEMFD;
	return flags;
}

#endif
