/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* From a task to its files and their inodes. Unreadable memory reads as 0, so a broken chain ends in 0 by
 * itself. */
#ifndef CAPTURE_WALK_H
#define CAPTURE_WALK_H

#define CAPTURE_PATH_MAX	4096
#define CAPTURE_FMODE_CREATED	0x100000 /* FMODE_CREATED; unchanged since 4.19 */
#define CAPTURE_OVERLAYFS_MAGIC 0x794c7630

/* dev_t of the kernel (major << 20 | minor) as user space knows it from stat(2). */
static __always_inline u32 walk_encode_dev(u32 dev)
{
	u32 major = dev >> 20, minor = dev & 0xfffff;

	return (minor & 0xff) | major << 8 | (minor & ~0xffU) << 12;
}

/* NULL for a negative or closed descriptor. */
static __always_inline struct file *walk_fd_file(struct task_struct *task, s64 fd)
{
	struct files_struct *files;
	struct fdtable *fdt;
	struct file **fds;

	if (fd < 0)
		return NULL;
	files = KREAD(task, files);
	fdt = KREAD(files, fdt);
	if (fd >= KREAD(fdt, max_fds))
		return NULL;
	fds = KREAD(fdt, fd);
	return KREADP(struct file *, fds + fd);
}

static __always_inline u32 walk_file_dev(struct file *file)
{
	return walk_encode_dev(KREAD(file, f_inode, i_sb, s_dev));
}

static __always_inline u64 walk_file_ino(struct file *file)
{
	return KREAD(file, f_inode, i_ino);
}

/* PPM_O_* bits that only the kernel knows: the call created the file; the overlayfs layer it lies in. */
static __always_inline u32 walk_file_open_bits(struct file *file)
{
	u32 bits = 0;
	struct inode *inode;
	struct dentry *upper;

	if (!file)
		return 0;
	if (KREAD(file, f_mode) & CAPTURE_FMODE_CREATED)
		bits |= PPM_O_F_CREATED;
	inode = KREAD(file, f_path.dentry, d_inode);
	if (KREAD(inode, i_sb, s_magic) != CAPTURE_OVERLAYFS_MAGIC)
		return bits;
	/* struct ovl_inode: the upper dentry follows the VFS inode (private to overlayfs). */
	upper = KREADP(struct dentry *, (u64)(unsigned long)inode + KSIZEOF(struct inode));
	return bits | (KREAD(upper, d_inode, i_ino) ? PPM_FD_UPPER_LAYER : PPM_FD_LOWER_LAYER);
}

#endif
