/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the iterators write and libscap reads: a record for each task or open file, one after the other,
 * without padding between them, in the byte order of the machine. A record is a structure, then parts until
 * ITER_END.
 */
#ifndef BPF_ITER_RECORDS_H
#define BPF_ITER_RECORDS_H

#ifndef __bpf__
#include <linux/types.h>
#endif

/* All together less than the 32 KiB of which the kernel refuses a record. */
#define ITER_TEXT_MAX	4096 /* bytes of arguments or environment */
#define ITER_PATH_NAMES 32   /* of a path */
#define ITER_PATH_BYTES 4096 /* of all of them, and their slashes */
#define ITER_NAME_MAX	255

enum iter_kind { ITER_TASK = 1, ITER_FILE = 2 };

enum iter_task_flags {
	ITER_NESTED = 1,	/* in a pid namespace below the initial one */
	ITER_HAS_EXE = 2,	/* exe_* mean something */
	ITER_EXE_READ_ONLY = 4, /* file system, mount or inode */
	ITER_EXE_IN_GROUP = 8,	/* the task is in the file's group */
	ITER_EXE_UPPER = 16,	/* layer of an overlay */
	ITER_EXE_LOWER = 32,
};

/* Ids are those of the initial namespaces, v… those of the innermost one; numbers of devices as stat(2) gives
 * them. */
struct iter_task {
	__u32 kind, size;  /* ITER_TASK, sizeof(struct iter_task) */
	__u64 start_ns;	   /* since boot */
	__u64 ns_start_ns; /* of the init of its pid namespace, if that is nested */
	__u64 min_flt, maj_flt;
	__u64 ended_min_flt, ended_maj_flt; /* of the process's threads that have ended */
	__u64 cap_inheritable, cap_permitted, cap_effective;
	__u64 fd_limit; /* all ones: unlimited */
	__u64 vm_pages, rss_pages, swap_pages;
	__u64 exe_ino, exe_ctime_ns, exe_mtime_ns;
	__s32 tid, pid, ppid, sid, pgid, vtid, vpid, vpgid;
	__u32 uid, gid, fsuid, loginuid, tty;
	__u32 exe_uid, exe_gid, exe_mode, exe_magic;
	__u32 flags; /* enum iter_task_flags */
	char comm[16];
};

struct iter_file {
	__u32 kind, size; /* ITER_FILE, sizeof(struct iter_file) */
	__u64 ino;
	__u64 start_ns; /* of the process, since boot */
	__s32 pid, fd;
	__u32 flags; /* O_* as open(2) takes them, O_CLOEXEC included */
	__u32 mode, dev;
	__u32 magic;  /* of the file system: statfs(2) */
	__u32 net_ns; /* inode of the process's network namespace; of sockets only */
	__u32 reserved;
};

/* Which text a part belongs to. The first are paths, whose parts are names, the last one first. */
enum iter_text { ITER_END, ITER_EXE, ITER_CWD, ITER_ROOT, ITER_CGROUP, ITER_PATH, ITER_ARGS, ITER_ENV };

enum iter_part_flags {
	ITER_WHOLE = 1,	     /* of a path, without bytes: that was all of it */
	ITER_DELETED = 2,    /* with ITER_WHOLE: it has been unlinked, or its cgroup removed */
	ITER_DETACHED = 4,   /* with ITER_WHOLE: the top is no root but a dentry outside of any tree */
	ITER_INCOMPLETE = 8, /* could not be had here; ask /proc */
};

struct iter_part {
	__u8 text;  /* enum iter_text */
	__u8 flags; /* enum iter_part_flags */
	__u16 size; /* bytes that follow */
};

#endif
