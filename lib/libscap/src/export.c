/* SPDX-License-Identifier: Apache-2.0 */
/* An event of ours in the other byte order: the counterpart of import.c. */
#include "frame.h"
#include "import.h"
#include "scap_event_table.h"
#include "writer.h"

static uint32_t length_at(const uint8_t *lengths, uint32_t index, bool wide)
{
	return wide ? load_u32(lengths + 4 * (size_t)index) : load_u16(lengths + 2 * (size_t)index);
}

const uint8_t *export_frame(struct packer *packer, const struct scap_event *event, uint32_t *size)
{
	const struct scap_event_info *info = &scap_event_table[event->type];
	uint32_t count = event->nparams < info->nparams ? event->nparams : info->nparams;
	bool wide = frame_wide(event->type);
	const uint8_t *lengths = (const uint8_t *)(event + 1);
	const uint8_t *from = lengths + (size_t)event->nparams * (wide ? 4 : 2);
	size_t len_at;

	packer->size = 0;
	packer->swap = true;
	pack_u64(packer, event->ts);
	pack_u64(packer, event->tid);
	len_at = packer->size;
	pack_u32(packer, 0);
	pack_u16(packer, event->type);
	pack_u32(packer, count);
	for (uint32_t i = 0; i < count; i++)
		if (wide)
			pack_u32(packer, length_at(lengths, i, true));
		else
			pack_u16(packer, (uint16_t)length_at(lengths, i, false));
	for (uint32_t i = 0; i < count; i++) {
		uint32_t length = length_at(lengths, i, wide);
		uint8_t *to = pack_room(packer, length);

		if (!to)
			return NULL;
		memcpy(to, from, length);
		swap_param(&info->params[i], to, length);
		from += length;
	}
	pack_again_u32(packer, len_at, (uint32_t)packer->size);
	*size = (uint32_t)packer->size;
	return packer->no_memory ? NULL : packer->data;
}
