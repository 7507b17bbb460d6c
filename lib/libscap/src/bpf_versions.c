/* SPDX-License-Identifier: Apache-2.0 */
/* Section BPF_VERSIONS_SECTION of an ELF64 file: see elf(5). */
#include <elf.h>
#include <stdbool.h>
#include <string.h>

#include "bpf_versions.h"
#include "compat.h"
#include "error.h"
#include "scap_schema.h"

#define LIBRARY_SCHEMA                                                                                       \
	((uint64_t)SCAP_SCHEMA_VERSION_MAJOR << 44 | (uint64_t)SCAP_SCHEMA_VERSION_MINOR << 24 |             \
	 SCAP_SCHEMA_VERSION_PATCH)

struct file {
	const uint8_t *bytes;
	size_t size;
};

/* `length` bytes at `at`. False: the file ends before. */
static bool take(const struct file *file, uint64_t at, void *to, size_t length)
{
	if (at > file->size || length > file->size - at)
		return false;
	memcpy(to, file->bytes + at, length);
	return true;
}

static bool is_object(const struct file *file, Elf64_Ehdr *header)
{
	const uint16_t one = 1;
	uint8_t order = *(const uint8_t *)&one ? ELFDATA2LSB : ELFDATA2MSB;

	return take(file, 0, header, sizeof(*header)) && memcmp(header->e_ident, ELFMAG, SELFMAG) == 0 &&
	       header->e_ident[EI_CLASS] == ELFCLASS64 && header->e_ident[EI_DATA] == order &&
	       header->e_shentsize == sizeof(Elf64_Shdr);
}

static bool section_at(const struct file *file, const Elf64_Ehdr *header, unsigned index, Elf64_Shdr *section)
{
	uint64_t within = (uint64_t)index * sizeof(*section);

	return index < header->e_shnum && header->e_shoff <= UINT64_MAX - within &&
	       take(file, header->e_shoff + within, section, sizeof(*section));
}

static bool is_named(const struct file *file, const Elf64_Shdr *names, const Elf64_Shdr *section)
{
	char name[sizeof(BPF_VERSIONS_SECTION)];

	return names->sh_offset <= UINT64_MAX - section->sh_name &&
	       take(file, names->sh_offset + section->sh_name, name, sizeof(name)) &&
	       memcmp(name, BPF_VERSIONS_SECTION, sizeof(name)) == 0;
}

static bool find(const struct file *file, const Elf64_Ehdr *header, struct bpf_versions *versions)
{
	Elf64_Shdr names, section;

	if (!section_at(file, header, header->e_shstrndx, &names))
		return false;
	for (unsigned i = 1; section_at(file, header, i, &section); i++)
		if (section.sh_type == SHT_PROGBITS && is_named(file, &names, &section))
			return section.sh_size >= sizeof(*versions) &&
			       take(file, section.sh_offset, versions, sizeof(*versions));
	return false;
}

int bpf_versions_check(const void *bytes, size_t size, struct bpf_versions *versions, struct scap_error *err)
{
	const struct file file = {.bytes = bytes, .size = size};
	Elf64_Ehdr header;
	int status;

	if (!is_object(&file, &header))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "not a BPF object of this machine");
	if (!find(&file, &header, versions))
		return scap_fail(err, SCAP_VERSION_MISMATCH,
				 "version: the BPF object does not tell its versions");
	status = compat_check("the BPF object", "API", versions->capture_api, CAPTURE_API_VERSION, err);
	if (status == SCAP_OK)
		status = compat_check("the BPF object", "schema", versions->schema, LIBRARY_SCHEMA, err);
	return status;
}
