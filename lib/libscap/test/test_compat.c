/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of a driver a library takes. */
#include "../src/compat.h"
#include "tap.h"

#define VERSION(major, minor, patch) ((uint64_t)(major) << 44 | (uint64_t)(minor) << 24 | (patch))

static struct scap_error err;

static int check(uint64_t driver)
{
	err.text[0] = 0;
	return compat_check("the loaded module", "schema", driver, VERSION(4, 5, 1), &err);
}

static void the_same_and_newer_minors_are_taken(void)
{
	CHECK_EQ(check(VERSION(4, 5, 1)), SCAP_OK);
	CHECK_EQ(check(VERSION(4, 5, 0)), SCAP_OK); /* patches change no meaning */
	CHECK_EQ(check(VERSION(4, 5, 0xffffff)), SCAP_OK);
	CHECK_EQ(check(VERSION(4, 6, 0)), SCAP_OK);
	CHECK_EQ(check(VERSION(4, 0xfffff, 0)), SCAP_OK);
}

static void too_old(void)
{
	static const uint64_t versions[] = {VERSION(4, 4, 9), VERSION(4, 0, 0), VERSION(3, 6, 1), 0};

	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		CHECK_EQ(check(versions[i]), SCAP_VERSION_MISMATCH);
		CHECK_CONTAINS(err.text, "which is too old");
	}
	check(VERSION(4, 4, 9));
	CHECK_CONTAINS(err.text, "version: the loaded module has schema 4.4, which is too old: "
				 "this libscap takes 4.5 up to the last 4.x");
}

static void too_new(void)
{
	static const uint64_t versions[] = {VERSION(5, 0, 0), VERSION(5, 9, 9), UINT64_MAX};

	for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
		CHECK_EQ(check(versions[i]), SCAP_VERSION_MISMATCH);
		CHECK_CONTAINS(err.text, "which is too new");
	}
}

static void the_library_tells_its_own(void)
{
	CHECK_EQ(scap_api_version(), VERSION(SCAP_API_MAJOR, SCAP_API_MINOR, SCAP_API_PATCH));
}

int main(void)
{
	TEST(the_same_and_newer_minors_are_taken);
	TEST(too_old);
	TEST(too_new);
	TEST(the_library_tells_its_own);
	return tap_end();
}
