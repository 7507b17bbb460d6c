/* SPDX-License-Identifier: Apache-2.0 */
#include "program_check.h"

#include "arch.h"

static bool is_width(uint8_t width)
{
	return width == 1 || width == 2 || width == 4 || width == 8;
}

static bool in_arena(const struct program *p, uint64_t address, uint8_t width)
{
	if (address < ARENA_BASE || address - ARENA_BASE > p->arena_bytes - width)
		return false;
	uint32_t offset = (uint32_t)(address - ARENA_BASE);
	return !program_is_hole(p, offset) && !program_is_hole(p, offset + width - 1);
}

static bool value_ok(const struct program *p, const struct value *v)
{
	switch (v->kind) {
	case VALUE_CONSTANT:
		return true;
	case VALUE_SLOT:
		return v->index < p->slot_count;
	case VALUE_LOAD:
		return is_width(v->width) && v->flags <= (LOAD_SIGNED | LOAD_NETWORK) &&
		       in_arena(p, v->index, v->width);
	case VALUE_STACK:
		return v->index < p->block_count;
	case VALUE_SYMBOL:
		return v->index == SYMBOL_HANDLER || (AGENT_HAS_RESTORER && v->index == SYMBOL_RESTORER);
	default:
		return false;
	}
}

/* A block runs once, started by a call of a block with a lower number: no loops, bounded processes. */
static const char *check_spawn(const struct instr *in, uint32_t own_block, bool *started)
{
	if (in->block <= own_block || started[in->block])
		return "a process is started twice or by its own child";
	if (in->flag)
		return "only native calls start processes";
	started[in->block] = true;
	return NULL;
}

static const char *check_call(const struct program *p, const struct instr *in, bool *slot_used)
{
	if (in->count > 6 || in->flag > 1 || in->outcome > OUTCOME_ERRNO || in->error > 4095)
		return "a call is malformed";
	if (in->flag && !AGENT_HAS_IA32)
		return "this architecture has no ia32 calls";
	if (in->slot < SLOT_FIRST || in->slot >= p->slot_count || slot_used[in->slot])
		return "a call has no result slot of its own";
	if (in->block != NO_BLOCK && in->block >= p->block_count)
		return "a call starts an unknown block";
	slot_used[in->slot] = true;
	return NULL;
}

static const char *check_instr(const struct program *p, const struct instr *in, bool *slot_used)
{
	for (size_t i = 0; i < 6; i++)
		if (!value_ok(p, &in->args[i]))
			return "a value refers to nothing";
	if (in->op == OP_CALL)
		return check_call(p, in, slot_used);
	if (in->op == OP_STORE)
		return in->flag <= 1 && is_width(in->count) && in->args[0].kind == VALUE_CONSTANT &&
			       in_arena(p, in->args[0].constant, in->count)
			   ? NULL
			   : "a store has no target";
	if (in->op == OP_UNTIL)
		return in->args[0].kind == VALUE_LOAD && in->args[1].kind == VALUE_CONSTANT
			   ? NULL
			   : "a wait has nothing to wait for";
	return "an unknown operation";
}

const char *program_check(const struct program *p)
{
	bool slot_used[MAX_SLOTS] = {false};
	bool started[MAX_BLOCKS] = {true};

	for (uint32_t b = 0; b < p->block_count; b++) {
		const struct block *block = &p->blocks[b];
		if (block->first > p->instr_count || block->count > p->instr_count - block->first ||
		    block->thread > 1 || block->exit_status > 255)
			return "a block is malformed";
		for (uint32_t i = block->first; i < block->first + block->count; i++) {
			const struct instr *in = &p->instrs[i];
			const char *reason = check_instr(p, in, slot_used);
			if (!reason && in->op == OP_CALL && in->block != NO_BLOCK)
				reason = check_spawn(in, b, started);
			if (reason)
				return reason;
		}
	}
	return NULL;
}
