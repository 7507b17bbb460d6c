/* SPDX-License-Identifier: Apache-2.0 */
#include "requests.h"

#include <stdio.h>
#include <stdlib.h>

static handler *const handlers[] = {
    [FRAME_HELLO] = handle_hello,	[FRAME_LOAD] = handle_load,
    [FRAME_UNLOAD] = handle_unload,	[FRAME_RUN] = handle_run,
    [FRAME_STATS] = handle_stats,	[FRAME_PUT_FILE] = handle_put_file,
    [FRAME_GET_FILE] = handle_get_file, [FRAME_LOAD_TEST] = handle_load_test,
    [FRAME_METRICS] = handle_metrics,
};

void fail(struct request *request, enum error_kind kind, int code, const char *text)
{
	if (request->error)
		return;
	request->error = kind;
	request->code = (uint32_t)code;
	snprintf(request->text, sizeof request->text, "%s", text);
}

static void dispatch(struct request *request, uint16_t type)
{
	/* Empty requests with empty replies. */
	bool plain = type == FRAME_PING || type == FRAME_STOP;

	if (!plain && (type >= sizeof handlers / sizeof *handlers || !handlers[type])) {
		char text[64];
		snprintf(text, sizeof text, "unknown request type %u", type);
		fail(request, ERROR_REFUSED, 0, text);
		return;
	}
	if (!plain)
		handlers[type](request);
	if (request->in.bad || (!request->error && request->in.left > 0))
		fail(request, ERROR_MALFORMED, 0, "the request's length does not fit its type");
	if (request->out.bad || request->out.size > MAX_PAYLOAD)
		fail(request, ERROR_FAILED, 12, "the reply is too large");
}

static int reply(const struct channel *channel, struct request *request, const struct frame *frame)
{
	if (!request->error)
		return frame_write(channel, frame->type | FRAME_REPLY, frame->id, request->out.data,
				   (uint32_t)request->out.size);
	struct writer w = {0};
	write_u32(&w, request->error);
	write_u32(&w, request->code);
	write_string(&w, request->text);
	int error = frame_write(channel, FRAME_ERROR, frame->id, w.data, (uint32_t)w.size);
	writer_free(&w);
	return error;
}

/* One request. Returns 1 after a STOP, -errno if the channel broke. */
static int answer(struct agent *agent, const struct channel *channel, const struct frame *frame)
{
	struct request request = {.agent = agent, .in = reader_of(frame->payload, frame->size)};

	dispatch(&request, frame->type);
	int error = reply(channel, &request, frame);
	bool stop = frame->type == FRAME_STOP && !request.error;
	writer_free(&request.out);
	return error ? error : stop;
}

bool serve(struct agent *agent, const struct channel *channel)
{
	for (;;) {
		struct frame frame;
		enum frame_status status = frame_read(channel, &frame);
		int done = status == FRAME_OK ? answer(agent, channel, &frame) : -1;
		free(frame.payload);
		if (status != FRAME_OK && status != FRAME_CLOSED)
			fprintf(stderr, "scapyard agent: the host sent a frame of %u bytes\n", frame.size);
		if (done)
			return done > 0;
	}
}
