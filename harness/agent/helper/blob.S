/* SPDX-License-Identifier: Apache-2.0 */
	.section .rodata
	.globl exec_me_begin, exec_me_end
	.balign 16
exec_me_begin:
	.incbin EXEC_ME
exec_me_end:
	.section .note.GNU-stack, "", %progbits
