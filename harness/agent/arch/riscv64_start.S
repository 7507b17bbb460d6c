/* SPDX-License-Identifier: Apache-2.0 */
	.text
	.globl _start
	.type _start, @function
_start:
	.option push
	.option norelax
	la gp, __global_pointer$
	.option pop
	li s0, 0
	mv a0, sp	/* aligned by the kernel */
	call exec_me
	unimp
	.size _start, . - _start
	.section .note.GNU-stack, "", @progbits
