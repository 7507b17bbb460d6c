/* SPDX-License-Identifier: Apache-2.0 */
#include "format.h"
#include "pack_lists.h"

void pack_text(struct packer *packer, const struct scap_lists *lists, struct scap_text text, size_t max)
{
	size_t size = text.size < max ? text.size : max;

	pack_u16(packer, (uint16_t)size);
	pack_bytes(packer, size > 0 ? lists->texts + text.at : "", size);
}

/* Entries begin with a length that counts itself, known when the entry is there. */
static size_t begin(struct packer *packer)
{
	pack_u32(packer, 0);
	return packer->size - sizeof(uint32_t);
}

static void end(struct packer *packer, size_t start)
{
	pack_again_u32(packer, start, (uint32_t)(packer->size - start));
}

static void pack_identity(struct packer *packer, const struct scap_lists *lists,
			  const struct scap_thread *thread)
{
	pack_u64(packer, thread->tid);
	pack_u64(packer, thread->pid);
	pack_u64(packer, thread->ptid);
	pack_u64(packer, (uint64_t)thread->sid);
	pack_u64(packer, (uint64_t)thread->vpgid);
	pack_text(packer, lists, thread->comm, TEXT_MAX);
	pack_text(packer, lists, thread->exe, TEXT_MAX);
	pack_text(packer, lists, thread->exepath, TEXT_MAX);
	pack_text(packer, lists, thread->args, ARGS_MAX);
	pack_text(packer, lists, thread->cwd, TEXT_MAX);
}

static void pack_numbers(struct packer *packer, const struct scap_lists *lists,
			 const struct scap_thread *thread)
{
	pack_u64(packer, (uint64_t)thread->fdlimit);
	pack_u32(packer, thread->flags);
	pack_u32(packer, thread->uid);
	pack_u32(packer, thread->gid);
	pack_u32(packer, thread->vmsize_kb);
	pack_u32(packer, thread->vmrss_kb);
	pack_u32(packer, thread->vmswap_kb);
	pack_u64(packer, thread->pfmajor);
	pack_u64(packer, thread->pfminor);
	pack_text(packer, lists, thread->env, ARGS_MAX);
	pack_u64(packer, (uint64_t)thread->vtid);
	pack_u64(packer, (uint64_t)thread->vpid);
	pack_text(packer, lists, thread->cgroups, ARGS_MAX);
	pack_text(packer, lists, thread->root, TEXT_MAX);
}

/* What version 9 appended, in the order in which readers expect it. */
static void pack_tail(struct packer *packer, const struct scap_thread *thread)
{
	pack_u64(packer, thread->pidns_init_start_ts);
	pack_u32(packer, thread->tty);
	pack_u32(packer, thread->loginuid);
	pack_u8(packer, thread->exe_writable);
	pack_u64(packer, thread->cap_inheritable);
	pack_u64(packer, thread->cap_permitted);
	pack_u64(packer, thread->cap_effective);
	pack_u8(packer, thread->exe_upper_layer);
	pack_u64(packer, thread->exe_ino);
	pack_u64(packer, thread->exe_ino_ctime);
	pack_u64(packer, thread->exe_ino_mtime);
	pack_u8(packer, thread->exe_from_memfd);
	pack_u8(packer, thread->exe_lower_layer);
	pack_u64(packer, (uint64_t)thread->pgid);
}

void pack_thread(struct packer *packer, const struct scap_lists *lists, const struct scap_thread *thread)
{
	size_t start = begin(packer);

	pack_identity(packer, lists, thread);
	pack_numbers(packer, lists, thread);
	pack_tail(packer, thread);
	end(packer, start);
}

static void pack_connection(struct packer *packer, const struct scap_fd *fd, size_t width)
{
	pack_bytes(packer, fd->source, width);
	pack_bytes(packer, fd->dest, width);
	pack_u16(packer, fd->sport);
	pack_u16(packer, fd->dport);
	pack_u8(packer, fd->l4proto);
}

static void pack_server(struct packer *packer, const struct scap_fd *fd, size_t width)
{
	pack_bytes(packer, fd->source, width);
	pack_u16(packer, fd->sport);
	pack_u8(packer, fd->l4proto);
}

static void pack_unix(struct packer *packer, const struct scap_lists *lists, const struct scap_fd *fd)
{
	pack_u64(packer, fd->unix_source);
	pack_u64(packer, fd->unix_dest);
	pack_text(packer, lists, fd->name, FD_NAME_MAX);
}

static void pack_file(struct packer *packer, const struct scap_lists *lists, const struct scap_fd *fd)
{
	pack_u32(packer, fd->open_flags);
	pack_text(packer, lists, fd->name, FD_NAME_MAX);
	pack_u32(packer, fd->dev);
}

static void pack_by_type(struct packer *packer, const struct scap_lists *lists, const struct scap_fd *fd)
{
	switch (fd->type) {
	case SCAP_FD_IPV4_SOCK:
		pack_connection(packer, fd, 4);
		break;
	case SCAP_FD_IPV6_SOCK:
		pack_connection(packer, fd, 16);
		break;
	case SCAP_FD_IPV4_SERVSOCK:
		pack_server(packer, fd, 4);
		break;
	case SCAP_FD_IPV6_SERVSOCK:
		pack_server(packer, fd, 16);
		break;
	case SCAP_FD_UNIX_SOCK:
		pack_unix(packer, lists, fd);
		break;
	case SCAP_FD_FILE_V2:
		pack_file(packer, lists, fd);
		break;
	default:
		pack_text(packer, lists, fd->name, FD_NAME_MAX);
	}
}

void pack_fd(struct packer *packer, const struct scap_lists *lists, const struct scap_fd *fd)
{
	size_t start = begin(packer);

	pack_u64(packer, (uint64_t)fd->fd);
	pack_u64(packer, fd->ino);
	pack_u8(packer, fd->type);
	pack_by_type(packer, lists, fd);
	end(packer, start);
}

/* The only list whose lengths do not count themselves. */
void pack_interface(struct packer *packer, const struct scap_lists *lists,
		    const struct scap_interface *interface)
{
	size_t width = interface->ip_version == 4 ? 4 : 16, start = begin(packer);

	pack_u16(packer, interface->ip_version == 4 ? INTERFACE_IPV4 : INTERFACE_IPV6);
	pack_u16(packer, (uint16_t)(interface->name.size < FD_NAME_MAX ? interface->name.size : FD_NAME_MAX));
	pack_bytes(packer, interface->address, width);
	pack_bytes(packer, interface->netmask, width);
	pack_bytes(packer, interface->broadcast, width);
	pack_u64(packer, interface->linkspeed);
	pack_bytes(packer, lists->texts + interface->name.at,
		   interface->name.size < FD_NAME_MAX ? interface->name.size : FD_NAME_MAX);
	pack_again_u32(packer, start, (uint32_t)(packer->size - start - sizeof(uint32_t)));
}

void pack_user(struct packer *packer, const struct scap_lists *lists, const struct scap_user *user)
{
	size_t start = begin(packer);

	pack_u8(packer, USER_KIND_USER);
	pack_u32(packer, user->uid);
	pack_u32(packer, user->gid);
	pack_text(packer, lists, user->name, USER_TEXT_MAX);
	pack_text(packer, lists, user->home, USER_TEXT_MAX);
	pack_text(packer, lists, user->shell, USER_TEXT_MAX);
	end(packer, start);
}

void pack_group(struct packer *packer, const struct scap_lists *lists, const struct scap_group *group)
{
	size_t start = begin(packer);

	pack_u8(packer, USER_KIND_GROUP);
	pack_u32(packer, group->gid);
	pack_text(packer, lists, group->name, USER_TEXT_MAX);
	end(packer, start);
}
