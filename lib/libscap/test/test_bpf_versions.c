/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which BPF objects are refused before anything is loaded. With the name of an object: whether that one is
 * taken (bpf-versions.test.ts).
 */
#include <elf.h>
#include <stdlib.h>

#include "../src/bpf_versions.h"
#include "scap_schema.h"
#include "tap.h"

#define VERSION(major, minor, patch) ((uint64_t)(major) << 44 | (uint64_t)(minor) << 24 | (patch))
#define SCHEMA			     VERSION(SCAP_SCHEMA_VERSION_MAJOR, SCAP_SCHEMA_VERSION_MINOR, SCAP_SCHEMA_VERSION_PATCH)
#define MINOR			     VERSION(0, 1, 0)
#define MAJOR			     VERSION(1, 0, 0)

/* The least that an object has. */
struct object {
	Elf64_Ehdr header;
	Elf64_Shdr sections[3]; /* none, names, versions */
	char names[32];
	struct bpf_versions versions;
};

static struct scap_error err;

static struct object make(uint64_t api, uint64_t schema)
{
	struct object object = {
	    .header = {.e_shoff = offsetof(struct object, sections),
		       .e_shentsize = sizeof(Elf64_Shdr),
		       .e_shnum = 3,
		       .e_shstrndx = 1},
	    .sections = {[1] = {.sh_type = SHT_STRTAB, .sh_offset = offsetof(struct object, names)},
			 [2] = {.sh_type = SHT_PROGBITS,
				.sh_name = 1,
				.sh_offset = offsetof(struct object, versions),
				.sh_size = sizeof(struct bpf_versions)}},
	    .versions = {.capture_api = api, .schema = schema},
	};

	memcpy(object.header.e_ident, ELFMAG, SELFMAG);
	object.header.e_ident[EI_CLASS] = ELFCLASS64;
	object.header.e_ident[EI_DATA] =
	    __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
	memcpy(object.names + 1, BPF_VERSIONS_SECTION, sizeof(BPF_VERSIONS_SECTION));
	return object;
}

static int check_bytes(const void *bytes, size_t size)
{
	struct bpf_versions versions;

	err.text[0] = 0;
	return bpf_versions_check(bytes, size, &versions, &err);
}

static int check(uint64_t api, uint64_t schema)
{
	struct object object = make(api, schema);

	return check_bytes(&object, sizeof(object));
}

static void ours_and_newer_minors_are_taken(void)
{
	CHECK_EQ(check(CAPTURE_API_VERSION, SCHEMA), SCAP_OK);
	CHECK_EQ(check(CAPTURE_API_VERSION + MINOR, SCHEMA + MINOR), SCAP_OK);
}

static void too_old(void)
{
	CHECK_EQ(check(CAPTURE_API_VERSION - MINOR, SCHEMA), SCAP_VERSION_MISMATCH);
	CHECK_CONTAINS(err.text, "version: the BPF object has API");
	CHECK_CONTAINS(err.text, "too old");
	CHECK_EQ(check(CAPTURE_API_VERSION, SCHEMA - MINOR), SCAP_VERSION_MISMATCH);
	CHECK_CONTAINS(err.text, "version: the BPF object has schema");
	CHECK_CONTAINS(err.text, "too old");
}

static void too_new(void)
{
	CHECK_EQ(check(CAPTURE_API_VERSION + MAJOR, SCHEMA), SCAP_VERSION_MISMATCH);
	CHECK_CONTAINS(err.text, "too new");
	CHECK_EQ(check(CAPTURE_API_VERSION, SCHEMA + MAJOR), SCAP_VERSION_MISMATCH);
	CHECK_CONTAINS(err.text, "too new");
}

static void versions_that_are_not_there(void)
{
	struct object object = make(CAPTURE_API_VERSION, SCHEMA);

	object.names[3] = 'x';
	CHECK_EQ(check_bytes(&object, sizeof(object)), SCAP_VERSION_MISMATCH);
	CHECK_CONTAINS(err.text, "does not tell its versions");
	object = make(CAPTURE_API_VERSION, SCHEMA);
	object.sections[2].sh_size--;
	CHECK_EQ(check_bytes(&object, sizeof(object)), SCAP_VERSION_MISMATCH);
}

static void no_objects(void)
{
	struct object object = make(CAPTURE_API_VERSION, SCHEMA);

	CHECK_EQ(check_bytes("", 0), SCAP_ILLEGAL_INPUT);
	CHECK_EQ(
	    check_bytes("no object, but long enough to hold the header of one; see elf(5) for what is there",
			78),
	    SCAP_ILLEGAL_INPUT);
	object.header.e_ident[EI_DATA] ^= ELFDATA2LSB ^ ELFDATA2MSB;
	CHECK_EQ(check_bytes(&object, sizeof(object)), SCAP_ILLEGAL_INPUT);
}

/* The sanitizers watch: each length in memory of its own, each byte at its extremes. */
static void damaged_objects_do_no_harm(void)
{
	struct object object = make(CAPTURE_API_VERSION, SCHEMA);

	for (size_t size = 0; size < sizeof(object); size++) {
		uint8_t *cut = malloc(size + 1);

		memcpy(cut, &object, size);
		CHECK(check_bytes(cut, size) != SCAP_OK);
		free(cut);
	}
	for (size_t at = 0; at < offsetof(struct object, versions); at++)
		for (unsigned value = 0; value < 256; value += 51) {
			uint8_t *bytes = malloc(sizeof(object));

			memcpy(bytes, &object, sizeof(object));
			bytes[at] = (uint8_t)value;
			check_bytes(bytes, sizeof(object));
			free(bytes);
		}
}

static int check_file(const char *path)
{
	static uint8_t bytes[16 << 20];
	FILE *file = fopen(path, "rb");
	size_t size = file ? fread(bytes, 1, sizeof(bytes), file) : 0;
	int status = check_bytes(bytes, size);

	if (file)
		fclose(file);
	if (status != SCAP_OK)
		puts(err.text);
	return status;
}

int main(int count, char **args)
{
	if (count > 1)
		return check_file(args[1]);
	TEST(ours_and_newer_minors_are_taken);
	TEST(too_old);
	TEST(too_new);
	TEST(versions_that_are_not_there);
	TEST(no_objects);
	TEST(damaged_objects_do_no_harm);
	return tap_end();
}
