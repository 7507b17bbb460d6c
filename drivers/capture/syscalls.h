/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* The generated table of the architecture the driver is built for. */
#ifndef CAPTURE_SYSCALLS_H
#define CAPTURE_SYSCALLS_H

#include "scap_losses.h"
#include "scap_sampling.h"

#if defined(SCAP_ARCH_X86_64)
#include "scap_syscalls_x86_64.h"
#elif defined(SCAP_ARCH_AARCH64)
#include "scap_syscalls_aarch64.h"
#elif defined(SCAP_ARCH_S390X)
#include "scap_syscalls_s390x.h"
#elif defined(SCAP_ARCH_RISCV64)
#include "scap_syscalls_riscv64.h"
#elif defined(SCAP_ARCH_PPC64LE)
#include "scap_syscalls_ppc64le.h"
#endif

#endif
