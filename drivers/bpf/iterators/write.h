/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Parts of a record. If there is no room the kernel throws the whole record away and runs the program again
 * later. */
#ifndef BPF_ITER_WRITE_H
#define BPF_ITER_WRITE_H

/* Too large for a stack. Nobody shares it: each handle of libscap loads this object for itself, and reads one
 * iterator at a time. */
static struct {
	u32 path_bytes; /* of the path so far; here the verifier does not follow each value that it may have
			 */
	struct iter_part part;
	u8 bytes[2 * ITER_TEXT_MAX]; /* as far as the verifier thinks that BOUND() lets a size go */
} scratch;

/* A pointer as a number. The verifier knows the types of what the kernel hands over, and forbids the
 * arithmetic with them that not_null() needs; what comes from memory it does not know. */
static volatile u64 address;

#define UNTYPED(pointer)                                                                                     \
	({                                                                                                   \
		address = (u64)(unsigned long)(pointer);                                                     \
		(void *)(unsigned long)address;                                                              \
	})

static __always_inline void put_scratch(struct seq_file *seq, u64 size)
{
	bpf_seq_write(seq, &scratch.part, sizeof(scratch.part) + size);
}

static __always_inline void put_part(struct seq_file *seq, u8 text, u8 flags)
{
	struct iter_part part = {.text = text, .flags = flags};

	bpf_seq_write(seq, &part, sizeof(part));
}

/* False: the path has become too long. */
static __always_inline bool put_name(struct seq_file *seq, u8 text, const void *name, u64 size)
{
	size = BOUND(size, ITER_NAME_MAX);
	scratch.path_bytes += size + 1;
	if (scratch.path_bytes > ITER_PATH_BYTES)
		return false;
	scratch.part = (struct iter_part){.text = text, .size = size};
	if (bpf_probe_read_kernel(scratch.bytes, size, not_null(name)))
		scratch.part.flags = ITER_INCOMPLETE;
	put_scratch(seq, size);
	return true;
}

/* Paths end where those of the reader do, or at the root of another mount namespace, as in /proc: a chroot of
 * the process that is looked at is not taken into account. */
static __noinline int put_path(struct seq_file *seq, u8 text, const struct path *path)
{
	struct task_struct *reader = (struct task_struct *)bpf_get_current_task();
	struct fs_struct *fs = KREAD(reader, fs);
	struct dentry *root_dentry = KREAD(fs, root.dentry);
	struct mount *root_mount = walk_mount_of(KREAD(fs, root.mnt));
	struct mount *mount = walk_mount_of(KREAD(path, mnt));
	struct dentry *dentry = KREAD(path, dentry), *leaf = dentry;
	u8 flags = ITER_INCOMPLETE; /* too deep */

	if (!leaf)
		return 0;
	scratch.path_bytes = 0;
	LOOP (i, ITER_PATH_NAMES) {
		struct dentry *parent = KREAD(dentry, d_parent);

		if (!parent)
			break;
		if (dentry == root_dentry && mount == root_mount) {
			flags = ITER_WHOLE;
			break;
		}
		if (dentry == walk_mount_root(mount)) {
			struct mount *up = walk_mount_parent(mount);

			if (!up || up == mount) {
				flags = ITER_WHOLE;
				break;
			}
			dentry = walk_mount_point(mount);
			mount = up;
			continue;
		}
		if (!put_name(seq, text, KREAD(dentry, d_name.name), KREAD(dentry, d_name.len)))
			break;
		if (parent == dentry) {
			flags = ITER_WHOLE | ITER_DETACHED;
			break;
		}
		dentry = parent;
	}
	if (!KREAD(leaf, d_hash.pprev) && KREAD(leaf, d_parent) != leaf)
		flags |= ITER_DELETED;
	put_part(seq, text, flags);
	return 0;
}

#define CSS_ONLINE 2

static __always_inline void put_cgroup(struct seq_file *seq, struct cgroup *cgroup)
{
	struct kernfs_node *node = KREAD(cgroup, kn);
	u8 flags = ITER_INCOMPLETE;

	scratch.path_bytes = 0;
	LOOP (i, ITER_PATH_NAMES) {
		struct kernfs_node *parent = walk_kernfs_parent(node);
		const char *name = KREAD(node, name);
		s64 size;

		if (!parent) {
			flags = ITER_WHOLE;
			break;
		}
		size =
		    bpf_probe_read_kernel_str(scratch.bytes, ITER_NAME_MAX + 1, name); /* it has no length */
		if (size < 1 || !put_name(seq, ITER_CGROUP, name, size - 1))
			break;
		node = parent;
	}
	if (!(KREAD(cgroup, self.flags) & CSS_ONLINE))
		flags |= ITER_DELETED;
	put_part(seq, ITER_CGROUP, flags);
}

/* Memory of a user process, in a program that may sleep. */
static __always_inline void put_memory(struct seq_file *seq, struct task_struct *task, u8 text, u64 from,
				       u64 to)
{
	u64 size = to - from;

	if (from >= to)
		return;
	if (size > ITER_TEXT_MAX)
		size = ITER_TEXT_MAX;
	size = BOUND(size, ITER_TEXT_MAX);
	scratch.part = (struct iter_part){.text = text, .size = size};
	if (bpf_copy_from_user_task(scratch.bytes, size, (const void *)(unsigned long)from, task, 0)) {
		put_part(seq, text, ITER_INCOMPLETE);
		return;
	}
	put_scratch(seq, size);
}

#endif
