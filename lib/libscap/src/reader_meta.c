/* SPDX-License-Identifier: Apache-2.0 */
#include "cursor.h"
#include "error.h"
#include "format.h"
#include "reader_meta.h"

static int too_short(const struct block *block, const char *what, uint32_t need, struct scap_error *err)
{
	return scap_fail(err, SCAP_ILLEGAL_INPUT, "%s at byte %llu: its body has %u bytes and needs %u", what,
			 (unsigned long long)block->offset, block->size, need);
}

static struct cursor body_of(const struct block *block)
{
	return (struct cursor){.at = block->body, .end = block->body + block->size, .swap = block->swap};
}

int meta_section(const struct block *block, struct scap_error *err)
{
	unsigned long long at = (unsigned long long)block->offset;
	struct cursor body = body_of(block);
	uint32_t magic;
	uint16_t major;

	if (block->size < SECTION_BODY)
		return too_short(block, "section header", SECTION_BODY, err);
	magic = take_u32(&body);
	if (magic != SECTION_MAGIC)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "section header at byte %llu: 0x%08x is not the magic number", at, magic);
	major = take_u16(&body);
	if (major > SECTION_MAJOR)
		return scap_fail(
		    err, SCAP_VERSION_MISMATCH,
		    "the section at byte %llu has version %u.%u; this library reads versions up to %u.x", at,
		    major, take_u16(&body), SECTION_MAJOR);
	return SCAP_OK; /* what follows the fixed part are pcapng options: nothing of ours */
}

int meta_machine(const struct block *block, struct scap_machine_info *out, struct scap_error *err)
{
	struct cursor body = body_of(block);

	if (block->size < MACHINE_BODY)
		return too_short(block, "machine info", MACHINE_BODY, err);
	memset(out, 0, sizeof(*out));
	out->num_cpus = take_u32(&body);
	out->memory_bytes = take_u64(&body);
	out->max_pid = take_u64(&body);
	/* the last byte stays NUL whatever the file says */
	memcpy(out->hostname, take_bytes(&body, MACHINE_HOSTNAME), MACHINE_HOSTNAME - 1);
	out->boot_ts_ns = take_u64(&body);
	out->flags = take_u64(&body);
	return SCAP_OK;
}
