/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"
#include "error.h"
#include "format.h"
#include "reader_meta.h"

static int too_short(const struct block *block, const char *what, uint32_t need, struct scap_error *err)
{
	return scap_fail(err, SCAP_ILLEGAL_INPUT, "%s at byte %llu: its body has %u bytes and needs %u", what,
			 (unsigned long long)block->offset, block->size, need);
}

int meta_section(const struct block *block, struct scap_error *err)
{
	unsigned long long at = (unsigned long long)block->offset;
	uint32_t magic;
	uint16_t major;

	if (block->size < SECTION_BODY)
		return too_short(block, "section header", SECTION_BODY, err);
	magic = load_u32(block->body);
	if (magic == SECTION_MAGIC_OTHER)
		return scap_fail(err, SCAP_NOT_SUPPORTED,
				 "the section at byte %llu was written by a machine of the other byte order",
				 at);
	if (magic != SECTION_MAGIC)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "section header at byte %llu: 0x%08x is not the magic number", at, magic);
	major = load_u16(block->body + 4);
	if (major > SECTION_MAJOR)
		return scap_fail(
		    err, SCAP_VERSION_MISMATCH,
		    "the section at byte %llu has version %u.%u; this library reads versions up to %u.x", at,
		    major, load_u16(block->body + 6), SECTION_MAJOR);
	return SCAP_OK; /* what follows the fixed part are pcapng options: nothing of ours */
}

int meta_machine(const struct block *block, struct scap_machine_info *out, struct scap_error *err)
{
	const uint8_t *at = block->body;

	if (block->size < MACHINE_BODY)
		return too_short(block, "machine info", MACHINE_BODY, err);
	memset(out, 0, sizeof(*out));
	out->num_cpus = load_u32(at);
	out->memory_bytes = load_u64(at + 4);
	out->max_pid = load_u64(at + 12);
	memcpy(out->hostname, at + 20,
	       MACHINE_HOSTNAME - 1); /* the last byte stays NUL whatever the file says */
	out->boot_ts_ns = load_u64(at + 20 + MACHINE_HOSTNAME);
	out->flags = load_u64(at + 28 + MACHINE_HOSTNAME);
	return SCAP_OK;
}

/* What an entry's length leaves out: the list of interfaces alone does not count its own length field. */
static uint32_t uncounted(uint32_t type)
{
	return type == BLOCK_INTERFACES_V2 ? sizeof(uint32_t) : 0;
}

int meta_list(const struct block *block, uint32_t *entries, struct scap_error *err)
{
	uint32_t at = block->type == BLOCK_FDS_V2 ? sizeof(uint64_t) : 0; /* tid */

	if (at > block->size)
		return too_short(block, "fd list", at, err);
	while (block->size - at >= sizeof(uint32_t)) { /* fewer bytes are padding */
		uint64_t length = (uint64_t)load_u32(block->body + at) + uncounted(block->type);

		if (length < sizeof(uint32_t) || length > block->size - at)
			return scap_fail(
			    err, SCAP_ILLEGAL_INPUT,
			    "list of type 0x%x: the entry at byte %llu says %llu bytes; %u are there",
			    block->type, (unsigned long long)(block->offset + BLOCK_HEADER + at),
			    (unsigned long long)length, block->size - at);
		at += (uint32_t)length;
		++*entries;
	}
	return SCAP_OK;
}
