/* SPDX-License-Identifier: Apache-2.0 */
/* What the first container events said in parameters, and those of today say as JSON. */
#ifndef SCAP_CONTAINER_JSON_H
#define SCAP_CONTAINER_JSON_H

#include <stddef.h>
#include <stdint.h>

struct container {
	struct {
		const char *text;
		size_t size; /* with the NUL, if there is one */
	} id, name, image;
	uint32_t type;
};

/* Enough for texts of `size` bytes altogether: each byte may become \u00xx. */
#define CONTAINER_JSON_ROOM(size) (6 * (size_t)(size) + 80)

/* {"container":{"id":…,"type":…,"name":…,"image":…}} and a NUL; its length with it. */
uint32_t container_json(char *to, const struct container *container);

#endif
