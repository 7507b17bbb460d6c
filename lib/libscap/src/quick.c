/* SPDX-License-Identifier: Apache-2.0 */
#include "quick.h"
#include "scap_event_table.h"

/* What judge() of convert.c would say, turned round. */
static uint8_t least_params(uint16_t type, bool raw)
{
	const struct scap_event_info *info = &scap_event_table[type];
	bool old = info->flags & SCAP_EF_OLD_VERSION, enter = type % 2 == 0;

	if (info->flags & SCAP_EF_LARGE_PAYLOAD)
		return QUICK_NEVER;
	if (raw)
		return 0;
	if (info->flags & SCAP_EF_UNUSED || type == PPME_PROCEXIT_1_E) /* procexit: the thread is forgotten */
		return QUICK_NEVER;
	if (!(info->flags & SCAP_EF_CONVERTER_MANAGED))
		return old && enter ? QUICK_NEVER : 0;
	return old || enter ? (uint8_t)(info->nparams + 1) : (uint8_t)info->nparams;
}

void quick_init(struct quick *quick, bool raw)
{
	for (uint16_t type = 0; type < PPM_EVENT_MAX; type++)
		quick->least[type] = least_params(type, raw);
}
