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
    NULL,
};

const struct scap_engine_ops *engine_find(const char *name)
{
	for (size_t i = 0; engines[i]; i++)
		if (strcmp(engines[i]->name, name) == 0)
			return engines[i];
	return NULL;
}

const char *engine_names(void)
{
#if defined(SCAP_ENGINE_MODERN_BPF) && defined(SCAP_ENGINE_KMOD)
	return "modern_bpf, kmod";
#elif defined(SCAP_ENGINE_MODERN_BPF)
	return "modern_bpf";
#elif defined(SCAP_ENGINE_KMOD)
	return "kmod";
#else
	return "none";
#endif
}
