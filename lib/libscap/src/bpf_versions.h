/* SPDX-License-Identifier: Apache-2.0 */
/* Which versions of the driver's interfaces a BPF object was built for, as its file tells. */
#ifndef SCAP_BPF_VERSIONS_H
#define SCAP_BPF_VERSIONS_H

#include "../../../drivers/bpf/shared.h"
#include "scap.h"

/*
 * `bytes` are an object of any content and alignment; nothing is loaded. SCAP_OK: this library goes together
 * with it. SCAP_VERSION_MISMATCH: it does not, or does not tell. SCAP_ILLEGAL_INPUT: it is no object of this
 * machine's byte order.
 */
int bpf_versions_check(const void *bytes, size_t size, struct bpf_versions *versions, struct scap_error *err);

#endif
