/* SPDX-License-Identifier: Apache-2.0 */
	.text
	.globl _start
	.type _start, @function
_start:
	xor %ebp, %ebp
	mov %rsp, %rdi
	and $-16, %rsp
	call exec_me
	ud2
	.size _start, . - _start
	.section .note.GNU-stack, "", @progbits
