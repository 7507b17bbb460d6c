/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs programs. Between two calls of the program this file must make no syscall, and in a child that shares
 * memory with its parent it must not touch thread-local data: no libc.
 */
#include "executor.h"

#include <sys/syscall.h>

#include "arch.h"

struct start {
	const struct program *program;
	uint32_t block;
};

static _Noreturn void leave(uint32_t thread, uint32_t status)
{
	uint64_t args[6] = {status};

	for (;;)
		agent_syscall(thread ? SYS_exit : SYS_exit_group, args);
}

/* A loaded value as 64 bits. */
static uint64_t extend(uint64_t value, uint8_t width, uint8_t flags)
{
	unsigned shift = 64 - 8u * width;

	if ((flags & LOAD_NETWORK) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__)
		value = __builtin_bswap64(value) >> shift;
	return flags & LOAD_SIGNED ? (uint64_t)((int64_t)(value << shift) >> shift) : value << shift >> shift;
}

/* Byte by byte where unaligned would be undefined; as one access where another process may wait for it. */
static uint64_t load(uint32_t address, uint8_t width)
{
	uintptr_t at = address;
	uint64_t value = 0;

	if (at % width == 0) {
		switch (width) {
		case 1:
			return *(volatile uint8_t *)at;
		case 2:
			return *(volatile uint16_t *)at;
		case 4:
			return *(volatile uint32_t *)at;
		default:
			return *(volatile uint64_t *)at;
		}
	}
	for (uint8_t i = 0; i < width; i++)
		((volatile uint8_t *)&value)[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? i : 8 - width + i] =
		    ((volatile uint8_t *)at)[i];
	return value;
}

static void store(uint64_t address, uint8_t width, uint64_t value, bool big_endian)
{
	volatile uint8_t *at = (volatile uint8_t *)(uintptr_t)address;

	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		big_endian = true;
	for (uint8_t i = 0; i < width; i++)
		at[big_endian ? width - 1 - i : i] = (uint8_t)(value >> (8 * i));
}

static uint64_t value_of(const struct program *p, const struct value *v)
{
	switch (v->kind) {
	case VALUE_SLOT:
		return __atomic_load_n(&p->slots[v->index].value, __ATOMIC_ACQUIRE) + v->constant;
	case VALUE_LOAD:
		return extend(load(v->index, v->width), v->width, v->flags);
	case VALUE_STACK:
		return (uint64_t)(uintptr_t)(p->stacks + (v->index + 1) * (size_t)STACK_BYTES) + v->constant;
	case VALUE_SYMBOL:
#if AGENT_HAS_RESTORER
		if (v->index == SYMBOL_RESTORER)
			return (uint64_t)(uintptr_t)(void *)agent_restorer;
#endif
		return (uint64_t)(uintptr_t)(void *)agent_handler;
	default:
		return v->constant;
	}
}

static bool expected(const struct instr *in, int64_t result)
{
	bool failed = result < 0 && result >= -4095;

	if (in->outcome == OUTCOME_ANY)
		return true;
	return in->outcome == OUTCOME_OK ? !failed : result == -(int64_t)in->error;
}

static void report_mismatch(const struct program *p, const struct instr *in, int64_t result)
{
	uint32_t none = 0;

	if (!__atomic_compare_exchange_n(&p->mismatch->found, &none, 1, false, __ATOMIC_ACQ_REL,
					 __ATOMIC_RELAXED))
		return;
	p->mismatch->slot = in->slot;
	p->mismatch->result = (uint64_t)result;
}

static void run_block(const struct program *p, uint32_t number);

static void child_main(void *arg)
{
	struct start *start = arg;

	touch_arena(start->program);
	run_block(start->program, start->block);
}

static int64_t make_call(const struct program *p, const struct instr *in, const uint64_t args[6])
{
	if (in->block != NO_BLOCK) {
		/* On the child's own stack: the parent's frame may be gone when a thread reads it. */
		uint8_t *top = p->stacks + (in->block + 1) * (size_t)STACK_BYTES;
		struct start *start = (struct start *)(top - 64);
		*start = (struct start){.program = p, .block = in->block};
		return agent_spawn(in->nr, args, top - 64, child_main, start);
	}
#if AGENT_HAS_IA32
	if (in->flag)
		return agent_syscall_ia32(in->nr, args);
#endif
	return agent_syscall(in->nr, args);
}

static void call(const struct program *p, const struct instr *in)
{
	struct slot *slot = &p->slots[in->slot];
	uint64_t args[6];

	for (size_t i = 0; i < 6; i++)
		args[i] = value_of(p, &in->args[i]);
	__atomic_store_n(&slot->state, SLOT_RUNNING, __ATOMIC_RELEASE);
	int64_t result = make_call(p, in, args);
	__atomic_store_n(&slot->value, (uint64_t)result, __ATOMIC_RELEASE);
	__atomic_store_n(&slot->state, SLOT_DONE, __ATOMIC_RELEASE);
	if (!expected(in, result))
		report_mismatch(p, in, result);
}

static bool mismatched(const struct program *p)
{
	return __atomic_load_n(&p->mismatch->found, __ATOMIC_ACQUIRE) != 0;
}

static void step(const struct program *p, const struct instr *in)
{
	if (in->op == OP_CALL)
		call(p, in);
	else if (in->op == OP_STORE)
		store(in->args[0].constant, in->count, value_of(p, &in->args[1]), in->flag);
	else
		while (value_of(p, &in->args[0]) != in->args[1].constant && !mismatched(p))
			cpu_relax();
}

static void run_block(const struct program *p, uint32_t number)
{
	const struct block *block = &p->blocks[number];

	for (uint32_t i = 0; i < block->count; i++) {
		step(p, &p->instrs[block->first + i]);
		if (mismatched(p))
			leave(0, EXIT_MISMATCH);
	}
	leave(block->thread, block->exit_status);
}

_Noreturn void execute(const struct program *p)
{
	run_block(p, 0);
	__builtin_unreachable();
}

void touch_arena(const struct program *p)
{
	for (uint32_t offset = 0; offset < p->arena_bytes; offset += p->page_size)
		if (!program_is_hole(p, offset))
			(void)*(volatile uint8_t *)(p->arena + offset);
}
