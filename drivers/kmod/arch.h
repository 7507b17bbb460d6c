/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The architecture by the name that drivers/capture and the generated tables have for it. */
#ifndef SCAPYARD_ARCH_H
#define SCAPYARD_ARCH_H

#include <linux/ptrace.h>
#include <linux/types.h>

#if defined(CONFIG_X86_64)
#define SCAP_ARCH_X86_64 1
#elif defined(CONFIG_ARM64) && defined(__LITTLE_ENDIAN)
#define SCAP_ARCH_AARCH64 1
#elif defined(CONFIG_S390)
#define SCAP_ARCH_S390X 1
#elif defined(CONFIG_RISCV) && defined(CONFIG_64BIT)
#define SCAP_ARCH_RISCV64 1
#elif defined(CONFIG_PPC64) && defined(__LITTLE_ENDIAN)
#define SCAP_ARCH_PPC64LE 1
#endif

#include "../capture/regs.h"

#endif
