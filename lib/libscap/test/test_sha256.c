/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against FIPS 180-4's examples and the lengths around a block's end. */
#include <string.h>

#include "../src/sha256.h"
#include "tap.h"

static void check(const char *text, size_t size, const char *expected)
{
	char hex[65];

	scap_sha256_hex(text, size, hex);
	CHECK(strcmp(hex, expected) == 0);
}

static void examples(void)
{
	check("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56,
	      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* The padding needs a block of its own from 56 bytes on. Expected values: coreutils' sha256sum. */
static void block_ends(void)
{
	char a[64];

	memset(a, 'a', sizeof(a));
	check(a, 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
	check(a, 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
	check(a, 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}

int main(void)
{
	TEST(examples);
	TEST(block_ends);
	return tap_end();
}
