/* SPDX-License-Identifier: Apache-2.0 */
/* The handle: one source of events, a file or a live capture. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "handle.h"

static int new_handle(struct scap **out, struct scap_error *err)
{
	*out = calloc(1, sizeof(**out));
	return *out ? SCAP_OK : scap_fail(err, SCAP_FAILURE, "out of memory");
}

static int open_input(struct input *input, struct scap **out, struct scap_error *err)
{
	struct reader *reader;
	int status = reader_open(input, &reader, err);

	if (status != SCAP_OK)
		return status;
	status = new_handle(out, err);
	if (status != SCAP_OK) {
		reader_close(reader);
		return status;
	}
	(*out)->reader = reader;
	quick_init(&(*out)->quick, false);
	return SCAP_OK;
}

int scap_open_file(const char *path, struct scap **out, struct scap_error *err)
{
	struct input *input;
	struct scap_error why;
	int status = input_open_file(path, &input, err);

	*out = NULL;
	if (status != SCAP_OK)
		return status;
	status = open_input(input, out, &why);
	if (status != SCAP_OK)
		scap_fail(err, status, "%s: %s", path, why.text);
	return status;
}

int scap_open_fd(int fd, struct scap **out, struct scap_error *err)
{
	struct input *input;
	int status = input_open_fd(fd, &input, err);

	*out = NULL;
	return status == SCAP_OK ? open_input(input, out, err) : status;
}

int scap_open_memory(const void *data, size_t size, struct scap **out, struct scap_error *err)
{
	struct input *input;
	int status = input_open_memory(data, size, &input, err);

	*out = NULL;
	return status == SCAP_OK ? open_input(input, out, err) : status;
}

int scap_open_live(const struct scap_live_options *options, struct scap **out, struct scap_error *err)
{
	const struct scap_engine_ops *ops;
	struct live *live;
	int status;

	*out = NULL;
	if (!options || options->size < offsetof(struct scap_live_options, buffer_bytes) || !options->engine)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "scap_open_live: no engine given");
	ops = engine_find(options->engine);
	if (!ops)
		return scap_fail(err, SCAP_NOT_SUPPORTED, "engine \"%s\" is not in this build (%s)",
				 options->engine, engine_names());
	status = live_open(ops, options, &live, err);
	if (status != SCAP_OK)
		return status;
	status = new_handle(out, err);
	if (status == SCAP_OK)
		(*out)->live = live;
	else
		live_close(live);
	return status;
}

void scap_close(struct scap *scap)
{
	if (!scap)
		return;
	reader_close(scap->reader);
	converter_free(&scap->converter);
	live_close(scap->live);
	lists_free(&scap->scanned);
	os_way_free(&scap->way);
	free(scap->metrics);
	free(scap);
}

const char *scap_last_error(const struct scap *scap)
{
	return scap ? scap->error.text : "";
}

int scap_machine_info(struct scap *scap, struct scap_machine_info *out)
{
	if (scap->reader)
		return reader_machine_info(scap->reader, out, &scap->error);
	return scap_local_machine_info(out, &scap->error);
}

int scap_get_file_info(struct scap *scap, struct scap_file_info *out)
{
	if (!scap->reader)
		return scap_fail(&scap->error, SCAP_NOT_SUPPORTED, "a live capture is no file");
	reader_file_info(scap->reader, out);
	out->unconverted_events = scap->converter.unconverted;
	return SCAP_OK;
}

int scap_set_raw(struct scap *scap, int on)
{
	if (!scap->reader)
		return scap_fail(&scap->error, SCAP_NOT_SUPPORTED, "a live capture has no old events");
	scap->raw = on;
	quick_init(&scap->quick, on);
	return SCAP_OK;
}
