/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* Paths rebuilt from the dentry and kernfs trees, leaf first into walk[], then written root first. */
#ifndef CAPTURE_WALK_PATH_H
#define CAPTURE_WALK_PATH_H

#define WALK_NAME_MAX 256 /* NAME_MAX and its NUL */

/*
 * The dentries from `path` up to the root of its mount namespace (a chroot is not taken into account) in
 * walk[]; cursor[] holds the place where the walk stands. A dentry without parent that is no mount's root
 * belongs to no tree: memfds, pipes.
 */
static __always_inline void walk_collect_path(struct capture_ctx *c, struct vfsmount *vfsmount,
					      struct dentry *leaf)
{
	c->walk_len = 0;
	c->cursor[0] = (u64)(unsigned long)walk_mount_of(vfsmount);
	c->cursor[1] = (u64)(unsigned long)leaf;
	c->left = 0; /* 1: the top is no root */
	LOOP (i, CAPTURE_WALK_MAX) {
		struct mount *mount = (struct mount *)(unsigned long)c->cursor[0];
		struct dentry *dentry = (struct dentry *)(unsigned long)c->cursor[1];
		struct dentry *parent = KREAD(dentry, d_parent);

		if (!dentry)
			break;
		if (dentry == walk_mount_root(mount)) {
			struct mount *up = walk_mount_parent(mount);

			if (!up || up == mount)
				break;
			c->cursor[1] = (u64)(unsigned long)walk_mount_point(mount);
			c->cursor[0] = (u64)(unsigned long)up;
			continue;
		}
		c->walk[BOUND_MASK(c->walk_len, CAPTURE_WALK_MAX - 1)] = (u64)(unsigned long)dentry;
		c->walk_len++;
		if (parent == dentry) {
			c->left = 1;
			break;
		}
		c->cursor[1] = (u64)(unsigned long)parent;
	}
}

/* Adds "/a/b" with its NUL; "/" for a root; "name" for a dentry outside of any tree. */
static __always_inline void bld_path(struct capture_ctx *c, struct vfsmount *vfsmount, struct dentry *leaf)
{
	walk_collect_path(c, vfsmount, leaf);
	if (!c->walk_len) {
		bld_u8(c, '/');
		bld_u8(c, 0);
		return;
	}
	LOOP (i, CAPTURE_WALK_MAX) {
		struct dentry *dentry;

		if (!c->walk_len)
			break;
		c->walk_len--;
		dentry =
		    (struct dentry *)(unsigned long)c->walk[BOUND_MASK(c->walk_len, CAPTURE_WALK_MAX - 1)];
		if (!c->left)
			bld_u8(c, '/');
		if (bld_cstr_kernel(c, KREAD(dentry, d_name.name), WALK_NAME_MAX))
			bld_chop(c);
	}
	bld_u8(c, 0);
}

static __always_inline void push_path(struct capture_ctx *c, struct vfsmount *vfsmount, struct dentry *dentry)
{
	bld_begin(c);
	if (dentry)
		bld_path(c, vfsmount, dentry);
	bld_end(c);
}

static __always_inline void push_file_path(struct capture_ctx *c, struct file *file)
{
	push_path(c, KREAD(file, f_path.mnt), KREAD(file, f_path.dentry));
}

static __always_inline void push_cwd(struct capture_ctx *c, struct task_struct *task)
{
	struct fs_struct *fs = KREAD(task, fs);

	push_path(c, KREAD(fs, pwd.mnt), KREAD(fs, pwd.dentry));
}

/* ---- cgroups ---- */

static __always_inline void bld_kernfs_path(struct capture_ctx *c, struct kernfs_node *leaf)
{
	c->walk_len = 0;
	c->cursor[0] = (u64)(unsigned long)leaf;
	LOOP (i, CAPTURE_CGROUP_DEPTH) {
		struct kernfs_node *node = (struct kernfs_node *)(unsigned long)c->cursor[0];
		struct kernfs_node *parent = walk_kernfs_parent(node);

		if (!node || !parent)
			break;
		c->walk[BOUND_MASK(c->walk_len, CAPTURE_WALK_MAX - 1)] = (u64)(unsigned long)node;
		c->walk_len++;
		c->cursor[0] = (u64)(unsigned long)parent;
	}
	if (!c->walk_len)
		bld_u8(c, '/');
	LOOP (i, CAPTURE_CGROUP_DEPTH) {
		struct kernfs_node *node;

		if (!c->walk_len)
			break;
		c->walk_len--;
		node = (struct kernfs_node *)(unsigned long)
			   c->walk[BOUND_MASK(c->walk_len, CAPTURE_WALK_MAX - 1)];
		bld_u8(c, '/');
		if (bld_cstr_kernel(c, KREAD(node, name), WALK_NAME_MAX))
			bld_chop(c);
	}
	bld_u8(c, 0);
}

/* "name=path" and NUL, unless the kernel was built without the controller. */
static __always_inline void bld_controller(struct capture_ctx *c, struct cgroup_subsys_state *css,
					   const char *name, const u32 name_size)
{
	if (!css)
		return;
	bld_bytes_kernel(c, name, name_size, 16);
	bld_kernfs_path(c, KREAD(css, cgroup, kn));
}

static __always_inline void push_cgroups(struct capture_ctx *c, struct task_struct *task)
{
	struct css_set *set = KREAD(task, cgroups);

	bld_begin(c);
	bld_controller(c, WALK_CSS(set, cpuset), "cpuset=", 7);
	bld_controller(c, WALK_CSS(set, cpu), "cpu=", 4);
	bld_controller(c, WALK_CSS(set, cpuacct), "cpuacct=", 8);
	bld_controller(c, WALK_CSS(set, io), "io=", 3);
	bld_controller(c, WALK_CSS(set, memory), "memory=", 7);
	bld_end(c);
}

#endif
