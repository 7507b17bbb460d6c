/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Iterators over all tasks and all their open files, for libscap's scan of the machine: a record for each,
 * records.h. Programs of the kernel's seq_file kind: they run when somebody reads, never by themselves.
 */
#include "../kernel_types.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "scap_schema.h"

#include "../kernel_read.h"
#include "../kernel_fixes.h"
#include "../../capture/walk.h"
#include "../../capture/walk_ids.h"
#include "records.h"

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task; /* NULL: after the last one */
} __attribute__((preserve_access_index));

struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task; /* NULL: after the last one */
	u32 fd;
	struct file *file;
} __attribute__((preserve_access_index));

#include "write.h"
#include "task.h"
#include "file.h"

/* Linux 5.8. Arguments and environment have to be read from /proc. */
SEC("iter/task")
int list_tasks(struct bpf_iter__task *ctx)
{
	return list_task(ctx, false);
}

/* Linux 5.18: may sleep, and so read the memory of others. */
SEC("iter.s/task")
int list_tasks_with_memory(struct bpf_iter__task *ctx)
{
	return list_task(ctx, true);
}

/* Linux 5.8. */
SEC("iter/task_file")
int list_files(struct bpf_iter__task_file *ctx)
{
	return list_file(ctx);
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
