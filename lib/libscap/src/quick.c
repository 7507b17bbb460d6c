/* SPDX-License-Identifier: Apache-2.0 */
#include "import.h"
#include "quick.h"
#include "scap_event_table.h"

/* What judge() of convert.c would say, turned round. */
static uint8_t least_params(uint16_t type, bool raw)
{
	const struct scap_event_info *info = &scap_event_table[type];
	bool old = info->flags & SCAP_EF_OLD_VERSION, enter = type % 2 == 0;

	if (info->flags & SCAP_EF_LARGE_PAYLOAD)
		return QUICK_REFUSED;
	if (raw)
		return 0;
	if (info->flags & SCAP_EF_UNUSED || type == PPME_PROCEXIT_1_E) /* procexit: the thread is forgotten */
		return QUICK_CONVERTED;
	if (!(info->flags & SCAP_EF_CONVERTER_MANAGED))
		return old && enter ? QUICK_CONVERTED : 0;
	return old || enter ? (uint8_t)(info->nparams + 1) : (uint8_t)info->nparams;
}

void quick_init(struct quick *quick, bool raw)
{
	for (uint16_t type = 0; type < PPM_EVENT_MAX; type++)
		quick->least[type] = least_params(type, raw);
}

/* As many parameters as fill the bytes behind the header exactly; -1 if none do. import.c says more of it. */
static int count_params(uint16_t type, const uint8_t *lengths, uint32_t size)
{
	uint32_t most = scap_event_table[type].nparams, used = 0, n = 0;

	for (; used < size && n < most && 2 * (n + 1) <= size; n++)
		used += 2 + (uint32_t)load_u16(lengths + 2 * n);
	return used == size ? (int)n : -1;
}

/* The lengths of these two are wrong in format 1. */
static bool odd(uint16_t type)
{
	return type == PPME_NOTIFICATION_E || type == PPME_INFRASTRUCTURE_EVENT_E;
}

static struct scap_event *frame_of(const struct quick *quick, struct frames *made, const uint8_t *bytes,
				   size_t room)
{
	uint32_t len = load_u32(bytes + offsetof(struct scap_event, len));
	uint16_t type = load_u16(bytes + offsetof(struct scap_event, type));
	const size_t more = sizeof(struct scap_event) - EVENT_HEADER_V1;
	struct scap_event *frame;
	int nparams;

	if (type >= PPM_EVENT_MAX || quick->least[type] == QUICK_REFUSED || odd(type) ||
	    len < EVENT_HEADER_V1 || len > room)
		return NULL;
	nparams = count_params(type, bytes + EVENT_HEADER_V1, len - EVENT_HEADER_V1);
	frame = nparams < 0 ? NULL : frames_room(made, len + more);
	if (!frame)
		return NULL;
	memcpy(frame, bytes, EVENT_HEADER_V1);
	frame->len = len + (uint32_t)more;
	frame->nparams = (uint32_t)nparams;
	memcpy(frame + 1, bytes + EVENT_HEADER_V1, len - EVENT_HEADER_V1);
	frames_keep(made, frame->len);
	return frame;
}

uint32_t quick_event_v1(const struct quick *quick, struct frames *made, const uint8_t *at, size_t left,
			struct scap_view *out, bool *shown)
{
	uint32_t type, total, prefix;
	const uint8_t *body = at + BLOCK_HEADER;

	if (left < BLOCK_MIN + sizeof(uint16_t) + sizeof(uint32_t) + EVENT_HEADER_V1)
		return 0;
	type = load_u32(at);
	if (type == BLOCK_EVENT_V1 || type == BLOCK_EVENT_V1_OLD)
		prefix = 2;
	else if (type == BLOCK_EVENT_FLAGS_V1)
		prefix = 6;
	else
		return 0;
	total = quick_block(at, left, prefix + EVENT_HEADER_V1);
	out->event = total ? frame_of(quick, made, body + prefix, total - BLOCK_MIN - prefix) : NULL;
	if (!out->event)
		return 0;
	*shown = out->event->nparams >= quick->least[out->event->type];
	quick_prefix(body, prefix, out);
	return total;
}
