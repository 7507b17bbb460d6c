/* SPDX-License-Identifier: Apache-2.0 */
/* The versions of which libscap takes itself to be; at first, its own. */
#ifndef SCAP_OTHER_VERSIONS_H
#define SCAP_OTHER_VERSIONS_H

#include <stdint.h>

struct library_versions {
	uint32_t device_abi;
	uint64_t capture_api;
	uint32_t schema_major, schema_minor;
};

extern struct library_versions library_versions;

#endif
