/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What cases execute: exits with the number in argv[1], or 0. It has no C library, so that between execve and
 * exit_group there is no call that a driver could see.
 */
#include <stdint.h>
#include <sys/syscall.h>

#include "../arch.h"

/* From _start in arch/<name>_start.S: argc, then argv, as the kernel lays them out. */
_Noreturn void exec_me(const uintptr_t *stack)
{
	uint64_t args[6] = {0};

	if (stack[0] > 1)
		for (const char *digit = (const char *)stack[2]; *digit >= '0' && *digit <= '9'; digit++)
			args[0] = args[0] * 10 + (uint64_t)(*digit - '0');
	for (;;)
		agent_syscall(SYS_exit_group, args);
}
