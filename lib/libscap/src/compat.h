/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a driver and this library go together, by semantic versions. */
#ifndef SCAP_COMPAT_H
#define SCAP_COMPAT_H

#include "scap.h"

/*
 * The driver may know more than the library (a higher minor version), as long as it means the same (the same
 * major version). Versions are packed as in struct scap_driver_info. SCAP_VERSION_MISMATCH with a text that
 * begins with "version: " and says which side is too old: `driver` names the one ("the loaded module"),
 * `what` the version
 * ("API", "schema").
 */
int compat_check(const char *driver, const char *what, uint64_t has, uint64_t library,
		 struct scap_error *err);

#endif
