/* SPDX-License-Identifier: Apache-2.0 */
/* See arch.h. A call leaves every register but %r2 as it was; the caller's frame has room for %r6…%r15 from 48 on. */

	.text
	.globl agent_syscall
	.type agent_syscall, @function
agent_syscall:
	stmg %r6, %r7, 48(%r15)
	lgr %r1, %r2
	lmg %r2, %r7, 0(%r3)
	svc 0		/* the number is in %r1 */
	lmg %r6, %r7, 48(%r15)
	br %r14
	.size agent_syscall, . - agent_syscall

	.globl agent_spawn
	.type agent_spawn, @function
agent_spawn:
	stmg %r6, %r10, 48(%r15)
	lgr %r8, %r4
	lgr %r9, %r5
	lgr %r10, %r6
	lgr %r1, %r2
	lmg %r2, %r7, 0(%r3)
	svc 0
	ltgr %r2, %r2
	jne 1f
	lay %r15, -160(%r8)	/* a frame for the callee's registers */
	xc 0(8, %r15), 0(%r15)
	lgr %r2, %r10
	basr %r14, %r9
	j .+2		/* an illegal instruction */
1:	lmg %r6, %r10, 48(%r15)
	br %r14
	.size agent_spawn, . - agent_spawn

	.globl agent_handler
	.type agent_handler, @function
agent_handler:
	br %r14
	.size agent_handler, . - agent_handler

	.section .note.GNU-stack, "", @progbits
