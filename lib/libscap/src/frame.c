/* SPDX-License-Identifier: Apache-2.0 */
#include "bytes.h"
#include "error.h"
#include "frame.h"
#include "scap_event_table.h"

bool frame_known(uint16_t type)
{
	return type < PPM_EVENT_MAX;
}

bool frame_wide(uint16_t type)
{
	return frame_known(type) && (scap_event_table[type].flags & SCAP_EF_LARGE_PAYLOAD);
}

uint16_t frame_fixed(const struct scap_event *event)
{
	const uint8_t *lengths = (const uint8_t *)(event + 1);
	const struct scap_event_info *info;
	uint16_t count = 0;

	if (!frame_known(event->type))
		return 0;
	info = &scap_event_table[event->type];
	if (event->nparams != info->nparams)
		return 0;
	while (count < info->nfixed && load_u16(lengths + 2 * (size_t)count) == info->params[count].size)
		count++;
	return count;
}

static uint64_t sum_lengths(const uint8_t *lengths, uint32_t count, bool wide)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < count; i++)
		sum += wide ? load_u32(lengths + 4 * (size_t)i) : load_u16(lengths + 2 * (size_t)i);
	return sum;
}

int frame_check(const struct scap_event *event, size_t room, bool exact, struct scap_error *err)
{
	bool wide;
	uint64_t table, data, sum;

	if (room < sizeof(*event))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "%zu bytes are no event header", room);
	if (event->len < sizeof(*event) || event->len > room)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "event of type %u says %u bytes; %zu are there",
				 event->type, event->len, room);
	wide = frame_wide(event->type);
	table = (uint64_t)event->nparams * (wide ? 4 : 2);
	if (table > event->len - sizeof(*event))
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "event of type %u: %u parameters do not fit its %u bytes", event->type,
				 event->nparams, event->len);
	data = event->len - sizeof(*event) - table;
	sum = sum_lengths((const uint8_t *)(event + 1), event->nparams, wide);
	if (sum > data || (exact && sum != data))
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "event of type %u: parameters of %llu bytes in %llu bytes of data",
				 event->type, (unsigned long long)sum, (unsigned long long)data);
	return SCAP_OK;
}
