/* SPDX-License-Identifier: Apache-2.0 */
/* See arch.h. A call leaves every register but a0 as it was. */

.macro LOAD_ARGS from
	ld a0, 0(\from)
	ld a1, 8(\from)
	ld a2, 16(\from)
	ld a3, 24(\from)
	ld a4, 32(\from)
	ld a5, 40(\from)
.endm

	.text
	.globl agent_syscall
	.type agent_syscall, @function
agent_syscall:
	mv a7, a0
	mv t0, a1
	LOAD_ARGS t0
	ecall
	ret
	.size agent_syscall, . - agent_syscall

	.globl agent_spawn
	.type agent_spawn, @function
agent_spawn:
	mv t1, a2
	mv t2, a3
	mv t3, a4
	mv a7, a0
	mv t0, a1
	LOAD_ARGS t0
	ecall
	bnez a0, 1f
	mv sp, t1
	li s0, 0
	mv a0, t3
	jalr t2
	unimp
1:	ret
	.size agent_spawn, . - agent_spawn

	.globl agent_handler
	.type agent_handler, @function
agent_handler:
	ret
	.size agent_handler, . - agent_handler

	.section .note.GNU-stack, "", @progbits
