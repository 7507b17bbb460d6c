/* SPDX-License-Identifier: Apache-2.0 */
#include "compat.h"
#include "error.h"

static unsigned major_of(uint64_t version)
{
	return (unsigned)(version >> 44);
}

static unsigned minor_of(uint64_t version)
{
	return (unsigned)(version >> 24 & 0xfffff);
}

int compat_check(const char *driver, const char *what, uint64_t has, uint64_t library, struct scap_error *err)
{
	unsigned major = major_of(library), minor = minor_of(library);

	if (major_of(has) == major && minor_of(has) >= minor)
		return SCAP_OK;
	return scap_fail(
	    err, SCAP_VERSION_MISMATCH,
	    "version: %s has %s %u.%u, which is too %s: this libscap takes %u.%u up to the last %u.x", driver,
	    what, major_of(has), minor_of(has), major_of(has) > major ? "new" : "old", major, minor, major);
}
