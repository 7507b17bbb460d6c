/* SPDX-License-Identifier: Apache-2.0 */
/* The engines of this build. The build defines SCAP_ENGINE_<NAME> for each one that it compiles in. */
#include <string.h>

#include "live.h"

static const struct scap_engine_ops *const engines[] = {
#ifdef SCAP_ENGINE_MODERN_BPF
    &scap_engine_modern_bpf,
#endif
#ifdef SCAP_ENGINE_KMOD
    &scap_engine_kmod,
#endif
    &scap_engine_nodriver,
    NULL,
};

const struct scap_engine_ops *engine_find(const char *name)
{
	for (size_t i = 0; engines[i]; i++)
		if (strcmp(engines[i]->name, name) == 0)
			return engines[i];
	return NULL;
}

#ifdef SCAP_ENGINE_MODERN_BPF
#define MODERN_BPF "modern_bpf, "
#else
#define MODERN_BPF
#endif
#ifdef SCAP_ENGINE_KMOD
#define KMOD "kmod, "
#else
#define KMOD
#endif

const char *engine_names(void)
{
	return MODERN_BPF KMOD "nodriver";
}
