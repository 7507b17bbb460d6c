/* SPDX-License-Identifier: Apache-2.0 */
/* See arch.h. A call leaves every register but x0 as it was. */

.macro LOAD_ARGS from
	ldp x0, x1, [\from]
	ldp x2, x3, [\from, #16]
	ldp x4, x5, [\from, #32]
.endm

	.text
	.globl agent_syscall
	.type agent_syscall, %function
agent_syscall:
	mov x8, x0
	mov x9, x1
	LOAD_ARGS x9
	svc #0
	ret
	.size agent_syscall, . - agent_syscall

	.globl agent_spawn
	.type agent_spawn, %function
agent_spawn:
	mov x10, x2
	mov x11, x3
	mov x12, x4
	mov x8, x0
	mov x9, x1
	LOAD_ARGS x9
	svc #0
	cbnz x0, 1f
	mov sp, x10
	mov x29, #0
	mov x30, #0
	mov x0, x12
	blr x11
	brk #0
1:	ret
	.size agent_spawn, . - agent_spawn

	.globl agent_handler
	.type agent_handler, %function
agent_handler:
	ret
	.size agent_handler, . - agent_handler

	.section .note.GNU-stack, "", %progbits
