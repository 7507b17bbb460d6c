/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The register file of the architecture the driver is built for (SCAP_ARCH_*, set by the build). */
#ifndef CAPTURE_REGS_H
#define CAPTURE_REGS_H

#if defined(SCAP_ARCH_X86_64)
#include "regs_x86_64.h"
#elif defined(SCAP_ARCH_AARCH64)
#include "regs_aarch64.h"
#elif defined(SCAP_ARCH_S390X)
#include "regs_s390x.h"
#elif defined(SCAP_ARCH_RISCV64)
#include "regs_riscv64.h"
#elif defined(SCAP_ARCH_PPC64LE)
#include "regs_ppc64le.h"
#else
#error "no regs_<arch>.h for this architecture"
#endif

#endif
