/* SPDX-License-Identifier: Apache-2.0 */
	.abiversion 2
	.text
	.globl _start
	.type _start, @function
_start:
	/* The kernel leaves this address in r12; the C code finds its data from r2. */
	addis 2, 12, .TOC. - _start@ha
	addi 2, 2, .TOC. - _start@l
	.localentry _start, . - _start
	mr 3, 1
	addi 1, 1, -96
	li 0, 0
	std 0, 0(1)
	bl exec_me
	nop
	trap
	.size _start, . - _start
	.section .note.GNU-stack, "", @progbits
