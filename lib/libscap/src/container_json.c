/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "container_json.h"

static char *put(char *to, const char *text)
{
	size_t size = strlen(text);

	memcpy(to, text, size);
	return to + size;
}

/* RFC 8259: quotes, backslashes and control characters cannot stand for themselves. */
static char *put_char(char *to, unsigned char c)
{
	if (c < 0x20)
		return to + sprintf(to, "\\u%04x", c);
	if (c == '"' || c == '\\')
		*to++ = '\\';
	*to++ = (char)c;
	return to;
}

static char *put_string(char *to, const char *text, size_t size)
{
	*to++ = '"';
	for (size_t i = 0; i < size && text[i]; i++)
		to = put_char(to, (unsigned char)text[i]);
	*to++ = '"';
	return to;
}

uint32_t container_json(char *to, const struct container *container)
{
	char *at = put(to, "{\"container\":{\"id\":");

	at = put_string(at, container->id.text, container->id.size);
	at += sprintf(at, ",\"type\":%u,\"name\":", container->type);
	at = put_string(at, container->name.text, container->name.size);
	at = put(at, ",\"image\":");
	at = put_string(at, container->image.text, container->image.size);
	at = put(at, "}}");
	*at++ = 0;
	return (uint32_t)(at - to);
}
