/* SPDX-License-Identifier: Apache-2.0 */
/* The loop over the table: until an event is one of today, or is not to be shown. */
#include "convert.h"
#include "convert_build.h"
#include "error.h"
#include "scap_conversion.h"
#include "scap_event_table.h"

/* The longest way in the table takes far fewer; the schema's checks see to it that each ends. */
#define MAX_STEPS 50

/* Type of an enter event that an exit has taken from: no other exit is of the same call. */
#define SPENT UINT16_MAX

enum verdict { SHOW, DROP, LOOK_UP };

static enum verdict judge(const struct scap_event *event)
{
	const struct scap_event_info *info = &scap_event_table[event->type];
	bool old = info->flags & SCAP_EF_OLD_VERSION, enter = event->type % 2 == 0;

	if (info->flags & SCAP_EF_UNUSED)
		return DROP;
	if (!(info->flags & SCAP_EF_CONVERTER_MANAGED))
		return old && enter ? DROP : SHOW;
	if (event->nparams > info->nparams)
		return SHOW; /* a newer schema has appended some */
	return enter || old || event->nparams < info->nparams ? LOOK_UP : SHOW;
}

static const struct scap_conversion *find_row(const struct scap_event *event)
{
	uint16_t end = scap_conversion_rows[event->type + 1];

	for (uint16_t i = scap_conversion_rows[event->type]; i < end; i++)
		if (scap_conversions[i].nparams == event->nparams)
			return &scap_conversions[i];
	return NULL;
}

static int store(struct converter *converter, const struct scap_event *event, struct scap_error *err)
{
	return enter_store_put(&converter->enters, event) ? SCAP_OK
							  : scap_fail(err, SCAP_FAILURE, "out of memory");
}

/* The enter event that belongs to this exit. Another one is of a call whose exit was lost, as ours then was. */
static struct scap_event *enter_of(const struct converter *converter, const struct scap_event *event)
{
	struct scap_event *enter = enter_store_get(&converter->enters, event->tid);

	return enter && enter->type + 1 == event->type ? enter : NULL;
}

static bool takes_from_enter(const struct scap_conversion *row)
{
	for (uint32_t i = 0; i < row->nsources; i++) {
		uint8_t from = row->sources[i].from;

		if (from == SCAP_FROM_ENTER || from == SCAP_FROM_ENTER_OR_EMPTY)
			return true;
	}
	return false;
}

static void spend(struct converter *converter, struct scap_event *enter)
{
	converter->before.enter = enter;
	converter->before.type = enter->type;
	enter->type = SPENT;
}

void converter_undo(struct converter *converter)
{
	converter->unconverted = converter->before.unconverted;
	if (converter->before.enter)
		converter->before.enter->type = converter->before.type;
}

static int build(struct converter *converter, const struct scap_conversion *row,
		 const struct scap_event **event, struct scap_error *err)
{
	struct scap_event *enter = enter_of(converter, *event);
	struct scap_event *to = frames_room(&converter->made, build_size(row, *event, enter));

	if (!to)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	build_event(row, *event, enter, to);
	if (enter && takes_from_enter(row))
		spend(converter, enter);
	frames_keep(&converter->made, to->len);
	*event = to;
	return SCAP_OK;
}

/* One look at the table. *more: the event that came out has to be judged again. */
static int step(struct converter *converter, const struct scap_event **event, bool *more,
		struct scap_error *err)
{
	const struct scap_conversion *row = find_row(*event);
	int status;

	*more = false;
	if (!row) {
		converter->unconverted++;
		return SCAP_OK;
	}
	switch (row->action) {
	case SCAP_CONVERT_STORE:
		status = store(converter, *event, err);
		*event = NULL;
		return status;
	case SCAP_CONVERT_STORE_AND_PASS:
		return store(converter, *event, err);
	case SCAP_CONVERT_BUILD:
		*more = true;
		return build(converter, row, event, err);
	default:
		return SCAP_OK;
	}
}

static int convert(struct converter *converter, const struct scap_event *event, const struct scap_event **out,
		   struct scap_error *err)
{
	bool more = true;

	for (unsigned number = 0; more && event; number++) {
		enum verdict verdict = judge(event);
		int status;

		if (verdict == DROP)
			event = NULL;
		if (verdict != LOOK_UP)
			break;
		if (number == MAX_STEPS)
			return scap_fail(err, SCAP_FAILURE, "the conversion of event type %u does not end",
					 event->type);
		status = step(converter, &event, &more, err);
		if (status != SCAP_OK)
			return status;
	}
	if (event && event->type == PPME_PROCEXIT_1_E)
		enter_store_drop(&converter->enters, event->tid);
	*out = event;
	return SCAP_OK;
}

int convert_event(struct converter *converter, const struct scap_event *event, const struct scap_event **out,
		  struct scap_error *err)
{
	int status;

	converter_mark(converter);
	status = convert(converter, event, out, err);
	if (status != SCAP_OK)
		converter_undo(converter);
	return status;
}

void converter_reset(struct converter *converter)
{
	enter_store_clear(&converter->enters);
}

void converter_free(struct converter *converter)
{
	enter_store_clear(&converter->enters);
	frames_free(&converter->made);
}
