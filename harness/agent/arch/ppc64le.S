/* SPDX-License-Identifier: Apache-2.0 */
/*
 * See arch.h. `sc` tells of an error by the summary overflow bit and a positive errno. It may change r0 and
 * r3…r12; below the stack pointer are 288 bytes that nobody else writes.
 */
	.abiversion 2

.macro LOAD_ARGS from
	ld 3, 0(\from)
	ld 4, 8(\from)
	ld 5, 16(\from)
	ld 6, 24(\from)
	ld 7, 32(\from)
	ld 8, 40(\from)
.endm

	.text
	.globl agent_syscall
	.type agent_syscall, @function
agent_syscall:
	mr 0, 3
	mr 9, 4
	LOAD_ARGS 9
	sc
	bnslr
	neg 3, 3
	blr
	.size agent_syscall, . - agent_syscall

	.globl agent_spawn
	.type agent_spawn, @function
agent_spawn:
	std 29, -24(1)
	std 30, -16(1)
	std 31, -8(1)
	mr 29, 5
	mr 30, 6
	mr 31, 7
	mr 0, 3
	mr 9, 4
	LOAD_ARGS 9
	sc
	bns 1f
	neg 3, 3
	b 2f
1:	cmpdi 3, 0
	bne 2f
	addi 1, 29, -96		/* a frame for the callee to save its return address in */
	li 0, 0
	std 0, 0(1)
	mr 3, 31
	mr 12, 30
	mtctr 12
	bctrl
	trap
2:	ld 29, -24(1)
	ld 30, -16(1)
	ld 31, -8(1)
	blr
	.size agent_spawn, . - agent_spawn

	.globl agent_handler
	.type agent_handler, @function
agent_handler:
	blr
	.size agent_handler, . - agent_handler

	.section .note.GNU-stack, "", @progbits
