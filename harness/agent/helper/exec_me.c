/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What cases execute: `exec-me [STATUS [FD]]` exits with STATUS (0). With the socket FD it first writes a
 * byte, which tells that it runs, and reads one, until which its parent can look at it. It has no C library,
 * so that there are no other calls that a driver could see.
 */
#include <stdint.h>
#include <sys/syscall.h>

#include "../arch.h"

static uint64_t number(const char *digit)
{
	uint64_t value = 0;

	for (; *digit >= '0' && *digit <= '9'; digit++)
		value = value * 10 + (uint64_t)(*digit - '0');
	return value;
}

/*
 * Zero from the start: there is no memset() here that a compiler could call. In the file, not in .bss: older kernels (seen
 * on 5.10) map a segment without bytes in the file, but with a start inside of a page, from behind the file's end,
 * and the first access is a SIGBUS. aarch64's linker puts .bss there: at the end of a page.
 */
__attribute__((section(".data"))) static uint64_t args[6];

static void meet(uint64_t fd)
{
	char byte = 0;

	args[0] = fd;
	args[1] = (uintptr_t)&byte;
	args[2] = 1;
	agent_syscall(SYS_write, args);
	agent_syscall(SYS_read, args);
}

/* From _start in arch/<name>_start.S: argc, then argv, as the kernel lays them out. */
_Noreturn void exec_me(const uintptr_t *stack)
{
	if (stack[0] > 2)
		meet(number((const char *)stack[3]));
	args[0] = stack[0] > 1 ? number((const char *)stack[2]) : 0;
	for (;;)
		agent_syscall(SYS_exit_group, args);
}
