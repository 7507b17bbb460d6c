/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>

#include "machine_state.h"

static const char *text(const struct scap_lists *lists, struct scap_text which)
{
	return which.size > 0 ? lists->texts + which.at : "";
}

static void print_thread(const struct scap_lists *lists, const struct scap_thread *thread)
{
	printf("thread %" PRIu64 " of %" PRIu64 " (parent %" PRIu64 ", uid %u) %s: %s, %u KiB\n", thread->tid,
	       thread->pid, thread->ptid, thread->uid, text(lists, thread->comm),
	       text(lists, thread->exepath), thread->vmrss_kb);
}

static void print_fd(const struct scap_lists *lists, const struct scap_fd *fd)
{
	printf("fd %" PRId64 " of %" PRIu64 ": type %u, inode %" PRIu64
	       ", device %u, flags %u, ports %u and %u, %s\n",
	       fd->fd, fd->tid, fd->type, fd->ino, fd->dev, fd->open_flags, fd->sport, fd->dport,
	       text(lists, fd->name));
}

static void print_summary(const struct scap *scap, const struct scap_machine_info *machine,
			  const struct scap_scan_info *info)
{
	fprintf(
	    stderr,
	    "machine: %s, %u CPUs; %u processes, %u threads, %u fds in %.3f s; vanished %u, unreadable %u, "
	    "unresolved sockets %u%s\n",
	    machine->hostname, machine->num_cpus, info->processes, info->threads, info->fds,
	    (double)info->ns / 1e9, info->vanished, info->unreadable, info->unresolved_sockets,
	    info->truncated ? "; cut short" : "");
	fprintf(stderr, "processes from: %s %s\n",
		info->source == SCAP_SCAN_ITERATORS ? "iterators" : "/proc", scap_scan_reason(scap));
}

int print_machine_state(struct scap *scap, enum scap_scan_source source)
{
	struct scap_scan_options options = {.size = sizeof(options), .source = source};
	struct scap_machine_info machine;
	struct scap_scan_info info;
	struct scap_lists lists;
	int status = scap_scan(scap, &options, &info);

	if (status == SCAP_OK)
		status = scap_get_lists(scap, &lists);
	if (status == SCAP_OK)
		status = scap_machine_info(scap, &machine);
	if (status != SCAP_OK)
		return status;
	for (size_t i = 0; i < lists.thread_count; i++)
		print_thread(&lists, &lists.threads[i]);
	for (size_t i = 0; i < lists.fd_count; i++)
		print_fd(&lists, &lists.fds[i]);
	for (size_t i = 0; i < lists.interface_count; i++)
		printf("interface %s, IPv%u\n", text(&lists, lists.interfaces[i].name),
		       lists.interfaces[i].ip_version);
	for (size_t i = 0; i < lists.user_count; i++)
		printf("user %u %s\n", lists.users[i].uid, text(&lists, lists.users[i].name));
	fflush(stdout);
	print_summary(scap, &machine, &info);
	return SCAP_OK;
}
