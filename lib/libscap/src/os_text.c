/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "os_text.h"

bool os_part(struct os_span *text, char separator, struct os_span *part)
{
	const char *stop;

	if (text->at >= text->end)
		return false;
	stop = memchr(text->at, separator, (size_t)(text->end - text->at));
	*part = (struct os_span){.at = text->at, .end = stop ? stop : text->end};
	text->at = stop ? stop + 1 : text->end;
	return true;
}

bool os_line(struct os_span *text, struct os_span *line)
{
	return os_part(text, '\n', line);
}

static bool blank(char c)
{
	return c == ' ' || c == '\t';
}

bool os_word(struct os_span *line, struct os_span *word)
{
	while (line->at < line->end && blank(*line->at))
		line->at++;
	word->at = line->at;
	while (line->at < line->end && !blank(*line->at))
		line->at++;
	word->end = line->at;
	return word->end > word->at;
}

static unsigned digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return UINT32_MAX;
}

uint64_t os_number(struct os_span span, unsigned base)
{
	bool minus = base == 10 && span.at < span.end && *span.at == '-';
	uint64_t value = 0;

	if (minus)
		span.at++;
	for (; span.at < span.end; span.at++) {
		unsigned next = digit(*span.at);

		if (next >= base)
			return 0;
		value = value * base + next;
	}
	return minus ? 0 - value : value;
}

bool os_is(struct os_span span, const char *text)
{
	size_t size = strlen(text);

	return (size_t)(span.end - span.at) == size && memcmp(span.at, text, size) == 0;
}

bool os_begins(struct os_span span, const char *text)
{
	size_t size = strlen(text);

	return (size_t)(span.end - span.at) >= size && memcmp(span.at, text, size) == 0;
}

size_t os_unescape(struct os_span text, char *to, size_t room)
{
	size_t size = 0;

	while (text.at < text.end && size + 1 < room) {
		if (*text.at == '\\' && text.end - text.at >= 4) {
			to[size++] = (char)os_number(os_span(text.at + 1, 3), 8);
			text.at += 4;
		} else {
			to[size++] = *text.at++;
		}
	}
	to[size] = 0;
	return size;
}

int64_t os_parse_fd_limit(const char *text, size_t size)
{
	static const char name[] = "Max open files";
	struct os_span file = os_span(text, size), line, word;

	while (os_line(&file, &line)) {
		if (!os_begins(line, name))
			continue;
		line.at += sizeof(name) - 1;
		if (!os_word(&line, &word) || os_is(word, "unlimited"))
			return -1;
		return (int64_t)os_number(word, 10);
	}
	return -1;
}

uint64_t os_parse_boot_time(const char *text, size_t size)
{
	struct os_span file = os_span(text, size), line, word;

	while (os_line(&file, &line)) {
		if (!os_begins(line, "btime "))
			continue;
		line.at += sizeof("btime ") - 1;
		return os_word(&line, &word) ? os_number(word, 10) : 0;
	}
	return 0;
}

void os_parse_fdinfo(const char *text, size_t size, struct os_fdinfo *info)
{
	struct os_span file = os_span(text, size), line, name, value;

	*info = (struct os_fdinfo){0};
	while (os_line(&file, &line)) {
		if (!os_word(&line, &name) || !os_word(&line, &value))
			continue;
		if (os_is(name, "flags:"))
			info->flags = (uint32_t)os_number(value, 8);
		else if (os_is(name, "mnt_id:"))
			info->mnt_id = (uint32_t)os_number(value, 10);
	}
}

/* id parent major:minor root point options [tags…] - type source options */
bool os_parse_mount(struct os_span line, struct os_mount *mount)
{
	struct os_span word, source;

	*mount = (struct os_mount){0};
	for (int i = 0; i < 5; i++) {
		if (!os_word(&line, &word))
			return false;
		if (i == 0) {
			mount->id = (uint32_t)os_number(word, 10);
		} else if (i == 2) {
			struct os_span major;

			os_part(&word, ':', &major);
			mount->major = (uint32_t)os_number(major, 10);
			mount->minor = (uint32_t)os_number(word, 10);
		} else if (i == 3) {
			mount->root = word;
		} else if (i == 4) {
			mount->point = word;
		}
	}
	while (os_word(&line, &word))
		if (os_is(word, "-"))
			return os_word(&line, &mount->type) && os_word(&line, &source) &&
			       os_word(&line, &mount->options);
	return false;
}
