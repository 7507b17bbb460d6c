/* SPDX-License-Identifier: Apache-2.0 */
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

#include "inflate_header.h"
#include "inflater.h"

/*
 * The header is taken by code of our own: ISA-L 2.30 waits for ten bytes before it looks at the first, and
 * finds checksums of headers wrong that are right.
 */
struct inflater {
	struct gzip_header header;
	struct inflate_state state;
};

struct inflater *inflater_new(void)
{
	struct inflater *inflater = calloc(1, sizeof(*inflater));

	if (inflater)
		inflater_reset(inflater);
	return inflater;
}

void inflater_free(struct inflater *inflater)
{
	free(inflater);
}

void inflater_reset(struct inflater *inflater)
{
	inflater->header = (struct gzip_header){0};
	isal_inflate_init(&inflater->state);
	inflater->state.crc_flag = ISAL_GZIP_NO_HDR_VER; /* no header, but the trailer is checked */
}

static const char *reason(int status)
{
	switch (status) {
	case ISAL_INVALID_BLOCK:
		return "invalid block";
	case ISAL_INVALID_SYMBOL:
		return "invalid symbol";
	case ISAL_INVALID_LOOKBACK:
		return "invalid distance too far back";
	case ISAL_INCORRECT_CHECKSUM:
		return "incorrect data check";
	default:
		return "ISA-L gave no reason";
	}
}

enum inflated inflater_run(struct inflater *inflater, struct inflater_io *io, const char **why)
{
	struct inflate_state *state = &inflater->state;
	int status;

	switch (gzip_header_take(&inflater->header, &io->in, &io->in_left, why)) {
	case GZIP_HEADER_MORE:
		return INFLATED_MORE;
	case GZIP_HEADER_BAD:
		return INFLATED_DAMAGED;
	case GZIP_HEADER_DONE:
		break;
	}
	state->next_in = (uint8_t *)io->in;
	state->avail_in = io->in_left;
	state->next_out = io->out;
	state->avail_out = io->out_left;
	status = isal_inflate(state);
	*io = (struct inflater_io){state->next_in, state->next_out, state->avail_in, state->avail_out};
	if (status < 0) {
		*why = reason(status);
		return INFLATED_DAMAGED;
	}
	return state->block_state == ISAL_BLOCK_FINISH ? INFLATED_END : INFLATED_MORE;
}
