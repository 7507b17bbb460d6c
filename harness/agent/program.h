/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A decoded syscall program, in memory that all its processes share.
 *
 * Wire form (little endian; made by harness/program/encode.ts):
 *   u32 magic, u16 version, u16 ELF machine, u32 page size, u32 arena base, u32 arena bytes,
 *   u32 chunks, u32 holes, u32 blocks, u32 instructions, u32 slots
 *   chunks: u32 offset, u32 length, bytes      initial content of the arena
 *   holes:  u32 offset                         a page without access
 *   blocks: u32 first, u32 count, u32 thread, u32 exit status
 *   instructions: u8 op, u8 flag, u8 count or width, u8 outcome, u32 nr, u32 slot, u32 block, u32 errno, 6
 * values value: u8 kind, u8 width, u8 load flags, u8 0, u32 index or address, u64 constant or addend
 */
#ifndef AGENT_PROGRAM_H
#define AGENT_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROGRAM_MAGIC	0x50594353u
#define PROGRAM_VERSION 1
#define ARENA_BASE	0x60000000u

#define MAX_ARENA_BYTES (16u << 20)
#define MAX_BLOCKS	64u
#define MAX_INSTRS	32768u
#define MAX_SLOTS	4098u
#define MAX_AREAS	4096u
#define STACK_BYTES	65536u
#define NO_BLOCK	0xffffffffu

enum op { OP_CALL = 1, OP_STORE = 2, OP_UNTIL = 3 };
enum outcome { OUTCOME_OK = 0, OUTCOME_ANY = 1, OUTCOME_ERRNO = 2 };
enum value_kind { VALUE_CONSTANT = 0, VALUE_SLOT = 1, VALUE_LOAD = 2, VALUE_STACK = 3, VALUE_SYMBOL = 4 };
enum load_flag { LOAD_SIGNED = 1, LOAD_NETWORK = 2 };
enum symbol { SYMBOL_HANDLER = 0, SYMBOL_RESTORER = 1 };
enum slot_number { SLOT_PID = 0, SLOT_PPID = 1, SLOT_FIRST = 2 };
enum slot_state { SLOT_NOT_RUN = 0, SLOT_RUNNING = 1, SLOT_DONE = 2 };

struct value {
	uint8_t kind;
	uint8_t width;	   /* of a load: 1, 2, 4, 8 */
	uint8_t flags;	   /* of a load */
	uint32_t index;	   /* slot, block, or address in the arena */
	uint64_t constant; /* or the number to add */
};

struct instr {
	uint8_t op;
	uint8_t flag;  /* call: ia32; store: most significant byte first */
	uint8_t count; /* call: number of arguments; store: width */
	uint8_t outcome;
	uint32_t nr;
	uint32_t slot;
	uint32_t block;	      /* what a new process runs, or NO_BLOCK */
	uint32_t error;	      /* the expected errno */
	struct value args[6]; /* store: address, value; until: load, constant */
};

struct block {
	uint32_t first;
	uint32_t count;
	uint32_t thread;
	uint32_t exit_status;
};

struct slot {
	uint64_t value;
	uint32_t state;
	uint32_t reserved;
};

/* The first call whose result was not the expected one. */
struct mismatch {
	uint32_t found;
	uint32_t slot;
	uint64_t result;
};

struct program {
	uint8_t *arena; /* at ARENA_BASE, shared */
	uint32_t arena_bytes;
	uint32_t page_size;
	uint32_t *holes;
	uint32_t hole_count;
	struct block *blocks;
	uint32_t block_count;
	struct instr *instrs;
	uint32_t instr_count;
	struct slot *slots;
	uint32_t slot_count;
	struct mismatch *mismatch;
	uint8_t *stacks; /* private: block_count × STACK_BYTES */
	void *shared;	 /* what holds all of the above but arena and stacks */
	size_t shared_bytes;
};

/* Decode, check and map. On failure -1, a reason in `why`, and nothing to free. One program at a time: the
 * arena's address is fixed. */
int program_load(const void *data, size_t size, struct program *out, char *why, size_t why_size);
void program_free(struct program *program);

/* Is the page at this arena offset without access? */
bool program_is_hole(const struct program *program, uint32_t offset);

#endif
