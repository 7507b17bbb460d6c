/* SPDX-License-Identifier: Apache-2.0 */
/* /proc/PID/status and stat. */
#include <string.h>

#include "os_text.h"
#include "scap_flagmaps.h"

/* What becomes of a line of status. */
enum kind {
	U32, /* the first number */
	U64,
	SECOND, /* u32, the second one: effective ids */
	LAST,	/* i64, the last one: in the innermost namespace */
	CAPS,	/* hexadecimal */
};

static const struct field {
	const char *name;
	size_t offset;
	enum kind kind;
} fields[] = {
    {"Tgid:", offsetof(struct scap_thread, pid), U64},
    {"Pid:", offsetof(struct scap_thread, tid), U64},
    {"PPid:", offsetof(struct scap_thread, ptid), U64},
    {"Uid:", offsetof(struct scap_thread, uid), SECOND},
    {"Gid:", offsetof(struct scap_thread, gid), SECOND},
    {"NStgid:", offsetof(struct scap_thread, vpid), LAST},
    {"NSpid:", offsetof(struct scap_thread, vtid), LAST},
    {"NSpgid:", offsetof(struct scap_thread, vpgid), LAST},
    {"VmSize:", offsetof(struct scap_thread, vmsize_kb), U32},
    {"VmRSS:", offsetof(struct scap_thread, vmrss_kb), U32},
    {"VmSwap:", offsetof(struct scap_thread, vmswap_kb), U32},
    {"CapInh:", offsetof(struct scap_thread, cap_inheritable), CAPS},
    {"CapPrm:", offsetof(struct scap_thread, cap_permitted), CAPS},
    {"CapEff:", offsetof(struct scap_thread, cap_effective), CAPS},
};

static struct os_span nth_word(struct os_span line, unsigned n)
{
	struct os_span word = {0};

	for (unsigned i = 0; i <= n; i++)
		if (!os_word(&line, &word))
			return (struct os_span){0};
	return word;
}

static struct os_span last_word(struct os_span line)
{
	struct os_span word, last = {0};

	while (os_word(&line, &word))
		last = word;
	return last;
}

static void take_field(const struct field *field, struct os_span line, struct scap_thread *thread)
{
	uint8_t *to = (uint8_t *)thread + field->offset;
	uint64_t wide = 0;
	uint32_t narrow;

	switch (field->kind) {
	case U32:
	case SECOND:
		narrow = (uint32_t)os_number(nth_word(line, field->kind == SECOND), 10);
		memcpy(to, &narrow, sizeof(narrow));
		return;
	case U64:
		wide = os_number(nth_word(line, 0), 10);
		break;
	case LAST:
		wide = os_number(last_word(line), 10);
		break;
	case CAPS:
		wide = scap_map_capabilities(os_number(nth_word(line, 0), 16));
		break;
	}
	memcpy(to, &wide, sizeof(wide));
}

/* The last of four ids is the one that file permissions go by. */
static void take_more(struct os_span name, struct os_span line, struct os_status *more)
{
	struct os_span word;

	if (os_is(name, "Uid:"))
		more->fsuid = (uint32_t)os_number(nth_word(line, 3), 10);
	else if (os_is(name, "Gid:"))
		more->fsgid = (uint32_t)os_number(nth_word(line, 3), 10);
	else if (os_is(name, "CapEff:"))
		more->cap_effective = os_number(nth_word(line, 0), 16);
	else if (os_is(name, "NSpid:"))
		more->in_pid_namespace = nth_word(line, 1).at != NULL;
	else if (os_is(name, "Groups:"))
		while (more->group_count < OS_GROUPS_MAX && os_word(&line, &word))
			more->groups[more->group_count++] = (uint32_t)os_number(word, 10);
}

void os_parse_status(const char *text, size_t size, struct scap_thread *thread, struct os_status *more)
{
	struct os_span file = os_span(text, size), line, name;

	*more = (struct os_status){0};
	while (os_line(&file, &line)) {
		if (!os_word(&line, &name))
			continue;
		take_more(name, line, more);
		for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
			if (os_is(name, fields[i].name))
				take_field(&fields[i], line, thread);
	}
}

/* The name stands in parentheses and may hold any byte: it ends at the last one. */
bool os_parse_stat(const char *text, size_t size, struct scap_thread *thread, struct os_span *comm,
		   uint64_t *start_ticks)
{
	const char *open = memchr(text, '(', size), *close = open ? memrchr(text, ')', size) : NULL;
	struct os_span rest, word;

	if (!close || close < open)
		return false;
	*comm = (struct os_span){.at = open + 1, .end = close};
	*start_ticks = 0;
	rest = (struct os_span){.at = close + 1, .end = text + size};
	for (unsigned field = 3; field <= 22 && os_word(&rest, &word); field++)
		switch (field) { /* as proc(5) numbers them */
		case 5:
			thread->pgid = (int64_t)os_number(word, 10);
			break;
		case 6:
			thread->sid = (int64_t)os_number(word, 10);
			break;
		case 7:
			thread->tty = (uint32_t)os_number(word, 10);
			break;
		case 10:
			thread->pfminor = os_number(word, 10);
			break;
		case 12:
			thread->pfmajor = os_number(word, 10);
			break;
		case 22:
			*start_ticks = os_number(word, 10);
			break;
		}
	return true;
}
