/* SPDX-License-Identifier: Apache-2.0 */
#include <stdarg.h>
#include <stdio.h>

#include "error.h"

static void flatten(char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			*text = ' ';
}

int scap_fail(struct scap_error *err, int status, const char *format, ...)
{
	va_list args;

	if (!err)
		return status;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	flatten(err->text); /* the contract says: one line */
	return status;
}
