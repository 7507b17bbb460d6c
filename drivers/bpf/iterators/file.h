/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The record of an open file. */
#ifndef BPF_ITER_FILE_H
#define BPF_ITER_FILE_H

#define O_CLOEXEC     02000000 /* of all architectures here */
#define PIPEFS_MAGIC  0x50495045
#define SOCKFS_MAGIC  0x534f434b
#define BITS_PER_LONG 64

static __always_inline bool closes_on_exec(struct task_struct *task, u32 fd)
{
	unsigned long *bits = KREAD(task, files, fdt, close_on_exec);

	return KREADP(unsigned long, bits + fd / BITS_PER_LONG) >> (fd % BITS_PER_LONG) & 1;
}

static __always_inline int list_file(struct bpf_iter__task_file *ctx)
{
	struct seq_file *seq = ctx->meta->seq;
	struct task_struct *task;
	struct file *file;
	struct iter_file r = {.kind = ITER_FILE, .size = sizeof(r)};
	struct inode *inode;

	if (!ctx->task || !ctx->file)
		return 0;
	task = UNTYPED(ctx->task);
	file = UNTYPED(ctx->file);
	r.pid = KREAD(task, tgid);
	if (KREAD(task, pid) != r.pid)
		return 0; /* a thread with files of its own: /proc's scan does not look at them either */
	inode = KREAD(file, f_inode);
	r.start_ns = KREAD(task, start_boottime);
	r.fd = ctx->fd;
	r.ino = KREAD(inode, i_ino);
	r.mode = KREAD(inode, i_mode);
	r.magic = (u32)KREAD(inode, i_sb, s_magic);
	r.dev = walk_file_dev(file);
	r.flags = KREAD(file, f_flags) & ~O_CLOEXEC;
	if (closes_on_exec(task, ctx->fd))
		r.flags |= O_CLOEXEC;
	if (r.magic == SOCKFS_MAGIC)
		r.net_ns = KREAD(task, nsproxy, net_ns, ns.inum);
	bpf_seq_write(seq, &r, sizeof(r));
	if (r.magic != PIPEFS_MAGIC && r.magic != SOCKFS_MAGIC) /* they have no path */
		put_path(seq, ITER_PATH, KADDR(file, f_path));
	put_part(seq, ITER_END, 0);
	return 0;
}

#endif
