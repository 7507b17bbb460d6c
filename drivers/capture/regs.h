/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The register file of the architecture the driver is built for (SCAP_ARCH_*, set by the build). */
#ifndef CAPTURE_REGS_H
#define CAPTURE_REGS_H

#if defined(SCAP_ARCH_X86_64)
#include "regs_x86_64.h"
#else
#error "no regs_<arch>.h for this architecture"
#endif

#endif
