/* SPDX-License-Identifier: Apache-2.0 */
/* See arch.h. */

.macro LOAD_ARGS from
	mov 0(\from), %rdi
	mov 16(\from), %rdx
	mov 24(\from), %r10
	mov 32(\from), %r8
	mov 40(\from), %r9
	mov 8(\from), %rsi
.endm

	.text
	.globl agent_syscall
	.type agent_syscall, @function
agent_syscall:
	mov %rdi, %rax
	LOAD_ARGS %rsi
	syscall
	ret
	.size agent_syscall, . - agent_syscall

	.globl agent_syscall_ia32
	.type agent_syscall_ia32, @function
agent_syscall_ia32:
	push %rbx
	push %rbp
	mov %edi, %eax
	mov %rsi, %r11
	mov 0(%r11), %ebx
	mov 8(%r11), %ecx
	mov 16(%r11), %edx
	mov 24(%r11), %esi
	mov 32(%r11), %edi
	mov 40(%r11), %ebp
	int $0x80
	pop %rbp
	pop %rbx
	ret
	.size agent_syscall_ia32, . - agent_syscall_ia32

	.globl agent_spawn
	.type agent_spawn, @function
agent_spawn:
	push %r12
	push %r13
	push %r14
	mov %rdx, %r12
	mov %rcx, %r13
	mov %r8, %r14
	mov %rdi, %rax
	LOAD_ARGS %rsi
	syscall
	test %rax, %rax
	jnz 1f
	mov %r12, %rsp
	xor %ebp, %ebp
	mov %r14, %rdi
	call *%r13
	ud2
1:	pop %r14
	pop %r13
	pop %r12
	ret
	.size agent_spawn, . - agent_spawn

	.globl agent_handler
	.type agent_handler, @function
agent_handler:
	ret
	.size agent_handler, . - agent_handler

	.globl agent_restorer
	.type agent_restorer, @function
agent_restorer:
	mov $15, %eax	/* rt_sigreturn */
	syscall
	ud2
	.size agent_restorer, . - agent_restorer

	.section .note.GNU-stack, "", @progbits
