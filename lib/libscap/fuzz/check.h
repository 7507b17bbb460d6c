/* SPDX-License-Identifier: Apache-2.0 */
/* Of fuzz targets: a promise of the library that was broken ends the process, with what and where. */
#ifndef SCAP_FUZZ_CHECK_H
#define SCAP_FUZZ_CHECK_H

#include <stdio.h>
#include <stdlib.h>

#define PROMISE(condition)                                                                                   \
	do {                                                                                                 \
		if (!(condition)) {                                                                          \
			fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);      \
			abort();                                                                             \
		}                                                                                            \
	} while (0)

#endif
