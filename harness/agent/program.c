/* SPDX-License-Identifier: Apache-2.0 */
#include "program.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "arch.h"
#include "bytes.h"
#include "program_check.h"

struct header {
	uint32_t chunks;
	uint32_t holes;
};

static int refuse(char *why, size_t size, const char *reason)
{
	snprintf(why, size, "%s", reason);
	return -1;
}

static const char *read_header(struct reader *r, struct program *p, struct header *h)
{
	if (read_u32(r) != PROGRAM_MAGIC)
		return "this is no program";
	if (read_u16(r) != PROGRAM_VERSION)
		return "the program's version is not the agent's";
	if (read_u16(r) != AGENT_MACHINE)
		return "the program is for another architecture";
	p->page_size = read_u32(r);
	if (p->page_size != (uint32_t)sysconf(_SC_PAGESIZE))
		return "the program is laid out for another page size";
	if (read_u32(r) != ARENA_BASE)
		return "the program's memory has another address";
	p->arena_bytes = read_u32(r);
	h->chunks = read_u32(r);
	h->holes = read_u32(r);
	p->block_count = read_u32(r);
	p->instr_count = read_u32(r);
	p->slot_count = read_u32(r);
	if (r->bad)
		return "the program ends in its header";
	if (p->arena_bytes == 0 || p->arena_bytes > MAX_ARENA_BYTES || p->arena_bytes % p->page_size)
		return "the program's memory has a wrong size";
	if (h->chunks > MAX_AREAS || h->holes > MAX_AREAS || p->block_count == 0 ||
	    p->block_count > MAX_BLOCKS || p->instr_count > MAX_INSTRS || p->slot_count < SLOT_FIRST ||
	    p->slot_count > MAX_SLOTS)
		return "the program exceeds a limit";
	p->hole_count = h->holes;
	return NULL;
}

/* One shared mapping for everything that the processes of the program read or write, but the arena. */
static const char *map_tables(struct program *p)
{
	size_t slots = p->slot_count * sizeof(struct slot);
	size_t instrs = p->instr_count * sizeof(struct instr);
	size_t blocks = p->block_count * sizeof(struct block);
	size_t holes = p->hole_count * sizeof(uint32_t);

	p->shared_bytes = sizeof(struct mismatch) + slots + instrs + blocks + holes;
	p->shared = mmap(NULL, p->shared_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->shared == MAP_FAILED) {
		p->shared = NULL;
		return "no memory for the program";
	}
	uint8_t *at = p->shared;
	p->mismatch = (struct mismatch *)at;
	p->slots = (struct slot *)(at += sizeof(struct mismatch));
	p->instrs = (struct instr *)(at += slots);
	p->blocks = (struct block *)(at += instrs);
	p->holes = (uint32_t *)(at + blocks);
	return NULL;
}

static const char *map_memory(struct program *p)
{
	void *want = (void *)(uintptr_t)ARENA_BASE;
	void *arena = mmap(want, p->arena_bytes, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (arena == MAP_FAILED)
		return "the program's memory cannot be mapped at its address";
	p->arena = arena;
	void *stacks = mmap(NULL, p->block_count * (size_t)STACK_BYTES, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stacks == MAP_FAILED)
		return "no memory for the program's stacks";
	p->stacks = stacks;
	return NULL;
}

static const char *read_memory(struct reader *r, struct program *p, const struct header *h)
{
	for (uint32_t i = 0; i < h->chunks; i++) {
		uint32_t offset = read_u32(r);
		uint32_t length = read_u32(r);
		const uint8_t *bytes = read_bytes(r, length);
		if (!bytes)
			return "the program ends in its memory";
		if (offset > p->arena_bytes || length > p->arena_bytes - offset)
			return "content outside of the program's memory";
		memcpy(p->arena + offset, bytes, length);
	}
	for (uint32_t i = 0; i < h->holes; i++) {
		uint32_t offset = read_u32(r);
		if (r->bad || offset >= p->arena_bytes || offset % p->page_size)
			return "a page without access outside of the program's memory";
		p->holes[i] = offset;
	}
	return NULL;
}

static void read_value(struct reader *r, struct value *v)
{
	v->kind = read_u8(r);
	v->width = read_u8(r);
	v->flags = read_u8(r);
	read_u8(r);
	v->index = read_u32(r);
	v->constant = read_u64(r);
}

static void read_instr(struct reader *r, struct instr *in)
{
	in->op = read_u8(r);
	in->flag = read_u8(r);
	in->count = read_u8(r);
	in->outcome = read_u8(r);
	in->nr = read_u32(r);
	in->slot = read_u32(r);
	in->block = read_u32(r);
	in->error = read_u32(r);
	for (size_t i = 0; i < 6; i++)
		read_value(r, &in->args[i]);
}

static const char *read_steps(struct reader *r, struct program *p)
{
	for (uint32_t i = 0; i < p->block_count; i++) {
		struct block *b = &p->blocks[i];
		b->first = read_u32(r);
		b->count = read_u32(r);
		b->thread = read_u32(r);
		b->exit_status = read_u32(r);
	}
	for (uint32_t i = 0; i < p->instr_count; i++)
		read_instr(r, &p->instrs[i]);
	if (r->bad)
		return "the program ends in its steps";
	if (r->left > 0)
		return "the program is longer than its steps";
	return program_check(p);
}

static const char *protect_holes(struct program *p)
{
	for (uint32_t i = 0; i < p->hole_count; i++)
		if (mprotect(p->arena + p->holes[i], p->page_size, PROT_NONE))
			return "a page of the program cannot be protected";
	return NULL;
}

int program_load(const void *data, size_t size, struct program *out, char *why, size_t why_size)
{
	struct reader r = reader_of(data, size);
	struct header h = {0};
	const char *reason;

	*out = (struct program){0};
	reason = read_header(&r, out, &h);
	if (!reason)
		reason = map_tables(out);
	if (!reason)
		reason = map_memory(out);
	if (!reason)
		reason = read_memory(&r, out, &h);
	if (!reason)
		reason = read_steps(&r, out);
	if (!reason)
		reason = protect_holes(out);
	if (!reason)
		return 0;
	program_free(out);
	return refuse(why, why_size, reason);
}

void program_free(struct program *p)
{
	if (p->stacks)
		munmap(p->stacks, p->block_count * (size_t)STACK_BYTES);
	if (p->arena)
		munmap(p->arena, p->arena_bytes);
	if (p->shared)
		munmap(p->shared, p->shared_bytes);
	*p = (struct program){0};
}

bool program_is_hole(const struct program *p, uint32_t offset)
{
	for (uint32_t i = 0; i < p->hole_count; i++)
		if (p->holes[i] == offset / p->page_size * p->page_size)
			return true;
	return false;
}
