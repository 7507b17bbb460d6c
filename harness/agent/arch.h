/* SPDX-License-Identifier: Apache-2.0 */
/* What an architecture must give, in arch/<name>.S. */
#ifndef AGENT_ARCH_H
#define AGENT_ARCH_H

#include <stdint.h>

#if defined(__x86_64__)
#define AGENT_MACHINE	   62 /* EM_X86_64 */
#define AGENT_ARCH_NAME	   "x86_64"
#define AGENT_HAS_IA32	   1
#define AGENT_HAS_RESTORER 1
static inline void cpu_relax(void)
{
	__asm__ volatile("pause" ::: "memory");
}
#elif defined(__aarch64__)
#define AGENT_MACHINE	183 /* EM_AARCH64 */
#define AGENT_ARCH_NAME "aarch64"
static inline void cpu_relax(void)
{
	__asm__ volatile("yield" ::: "memory");
}
#elif defined(__s390x__)
#define AGENT_MACHINE	22 /* EM_S390 */
#define AGENT_ARCH_NAME "s390x"
static inline void cpu_relax(void)
{
	__asm__ volatile("" ::: "memory");
}
#elif defined(__riscv) && __riscv_xlen == 64
#define AGENT_MACHINE	243 /* EM_RISCV */
#define AGENT_ARCH_NAME "riscv64"
static inline void cpu_relax(void)
{
	__asm__ volatile("" ::: "memory");
}
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define AGENT_MACHINE	21 /* EM_PPC64 */
#define AGENT_ARCH_NAME "ppc64le"
static inline void cpu_relax(void)
{
	__asm__ volatile("" ::: "memory");
}
#else
#error "the agent does not know this architecture yet: add arch/<name>.S and its lines here"
#endif

#ifndef AGENT_HAS_IA32
#define AGENT_HAS_IA32	   0
#define AGENT_HAS_RESTORER 0
#endif

/* A syscall, and nothing else: the raw result, errors as -errno. */
long agent_syscall(long nr, const uint64_t args[6]);

#if AGENT_HAS_IA32
/* The same by int $0x80: 32-bit numbers, arguments and pointers. */
long agent_syscall_ia32(long nr, const uint64_t args[6]);
#endif

/*
 * A syscall that makes a process or thread: fork, vfork, clone, clone3. The child switches to `stack_top`
 * before it touches memory, so it may share the parent's memory and even its stack pointer; it runs fn(arg),
 * which must not return. The parent gets the raw result.
 */
long agent_spawn(long nr, const uint64_t args[6], void *stack_top, void (*fn)(void *), void *arg);

/* For rt_sigaction: a handler that does nothing. */
void agent_handler(int signal);

#if AGENT_HAS_RESTORER
/* What it returns to, where the kernel brings no such code of its own. */
void agent_restorer(void);
#endif

#endif
