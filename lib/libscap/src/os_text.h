/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What files of /proc and /etc say. Every parser takes `size` bytes of text, of any content; what is not as
 * the kernel writes it is left out. See proc(5).
 */
#ifndef SCAP_OS_TEXT_H
#define SCAP_OS_TEXT_H

#include "lists.h"

/* Text that is walked line by line, or word by word. */
struct os_span {
	const char *at, *end;
};

static inline struct os_span os_span(const char *text, size_t size)
{
	return (struct os_span){.at = text, .end = text + size};
}

/* The next line without its newline. False at the end. */
bool os_line(struct os_span *text, struct os_span *line);
/* The next word between blanks (space, tab). False at the end. */
bool os_word(struct os_span *line, struct os_span *word);
/* What stands before `separator` (which is taken), or all that is left. False at the end. */
bool os_part(struct os_span *text, char separator, struct os_span *part);
/* A whole number in that base, the whole span; 0 if it is none. */
uint64_t os_number(struct os_span span, unsigned base);
bool os_is(struct os_span span, const char *text);
bool os_begins(struct os_span span, const char *text);

#define OS_GROUPS_MAX 64

/* /proc/PID/status: what `thread` carries of it, and what file permissions go by. */
struct os_status {
	uint32_t fsuid, fsgid;
	uint32_t groups[OS_GROUPS_MAX], group_count;
	uint64_t cap_effective; /* as the kernel numbers them */
	bool in_pid_namespace;
};
void os_parse_status(const char *text, size_t size, struct scap_thread *thread, struct os_status *more);

/* /proc/PID/stat: process group, session, terminal, page faults; the command's name. False if it is none. */
bool os_parse_stat(const char *text, size_t size, struct scap_thread *thread, struct os_span *comm,
		   uint64_t *start_ticks);

/* /proc/PID/limits: the soft limit of open files; -1 if it is unlimited or not there. */
int64_t os_parse_fd_limit(const char *text, size_t size);

/* btime of /proc/stat, in seconds; 0 if there is none. */
uint64_t os_parse_boot_time(const char *text, size_t size);

/* /proc/cgroups: which of the controllers that drivers report exist; bit i is os_controllers[i]. */
#define OS_CONTROLLERS 5
extern const char *const os_controllers[OS_CONTROLLERS];
unsigned os_parse_controllers(const char *text, size_t size);

/*
 * /proc/PID/cgroup to `controller=path` strings, each with a NUL: those of `exist` in the order of drivers,
 * then others of cgroup v1. The size of what was put in `to`, at most `room`: a string that does not fit is
 * left out.
 */
size_t os_format_cgroups(const char *text, size_t size, unsigned exist, char *to, size_t room);

/* /proc/PID/fdinfo/N. */
struct os_fdinfo {
	uint32_t flags;	 /* O_* of this machine */
	uint32_t mnt_id; /* 0 if not told */
};
void os_parse_fdinfo(const char *text, size_t size, struct os_fdinfo *info);

/* A line of /proc/PID/mountinfo. Spans are as in the file: blanks are \040. */
struct os_mount {
	uint32_t id, major, minor;
	struct os_span root, point, type, options; /* options: of the file system */
};
bool os_parse_mount(struct os_span line, struct os_mount *mount);
/* Undo \040 and the like. The length. */
size_t os_unescape(struct os_span text, char *to, size_t room);

/* A line of /etc/passwd or /etc/group is added to the lists. */
void os_parse_passwd(const char *text, size_t size, struct lists *lists);
void os_parse_group(const char *text, size_t size, struct lists *lists);

#endif
