/* SPDX-License-Identifier: Apache-2.0 */
	.text
	.globl _start
	.type _start, @function
_start:
	lgr %r2, %r15
	aghi %r15, -160		/* the callee saves its registers in its caller's frame */
	xc 0(8, %r15), 0(%r15)
	brasl %r14, exec_me
	j .+2			/* an illegal instruction */
	.size _start, . - _start
	.section .note.GNU-stack, "", @progbits
