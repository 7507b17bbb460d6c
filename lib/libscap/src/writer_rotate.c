/* SPDX-License-Identifier: Apache-2.0 */
/* A series of files instead of one. */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "error.h"
#include "format.h"
#include "writer.h"

#define NUMBER_ROOM 16 /* ".000001" and larger ones */

static char *path_of(const struct scap_writer *writer, uint32_t number)
{
	size_t size = strlen(writer->base) + NUMBER_ROOM;
	char *path = malloc(size);

	if (path)
		snprintf(path, size, "%s.%06u", writer->base, number);
	return path;
}

static int no_memory(struct scap_error *err)
{
	return scap_fail(err, SCAP_FAILURE, "out of memory");
}

static int open_next(struct scap_writer *writer, struct scap_error *err)
{
	char *path = path_of(writer, writer->files + 1);
	int status = path ? output_open(path, writer->gzip, &writer->output, err) : no_memory(err);

	if (status == SCAP_OK)
		writer->files++;
	free(path);
	return status;
}

/* The file that is one too many now. That somebody else removed it before is no failure. */
static int remove_old(struct scap_writer *writer)
{
	char *path;
	int status = SCAP_OK;

	if (writer->rotation.max_files == 0 || writer->files <= writer->rotation.max_files)
		return SCAP_OK;
	path = path_of(writer, writer->files - writer->rotation.max_files);
	if (!path)
		return no_memory(&writer->error);
	if (unlink(path) != 0 && errno != ENOENT)
		status =
		    scap_fail(&writer->error, SCAP_FAILURE, "cannot remove %s: %s", path, strerror(errno));
	free(path);
	return status;
}

int rotation_open(struct scap_writer *writer, const char *base, const struct scap_rotation *rotation,
		  struct scap_error *err)
{
	if (!base)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "no file name");
	if (!rotation || rotation->size != sizeof(*rotation))
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "scap_rotation: size %u is not %zu",
				 rotation ? rotation->size : 0, sizeof(*rotation));
	if (!rotation->max_bytes && !rotation->max_events && !rotation->max_ns)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "scap_rotation: nothing says when a file is full");
	writer->rotation = *rotation;
	writer->rotating = true;
	writer->base = strdup(base);
	return writer->base ? open_next(writer, err) : no_memory(err);
}

int rotation_next(struct scap_writer *writer, bool head)
{
	struct packer former = writer->head;
	int status = writer->output ? output_close(writer->output, &writer->error) : SCAP_FAILURE;

	writer->output = NULL;
	if (status == SCAP_OK)
		status = former.no_memory ? no_memory(&writer->error) : open_next(writer, &writer->error);
	if (status != SCAP_OK)
		return status;
	writer->head = (struct packer){0};
	writer->file_events = 0;
	writer->had_event = false;
	if (head)
		status = output_write(writer->output, former.data, former.size, &writer->error);
	else
		status = writer_section(writer);
	if (head)
		writer->head = former;
	else
		free(former.data);
	return status == SCAP_OK ? remove_old(writer) : status;
}

int scap_writer_rotate(struct scap_writer *writer)
{
	if (!writer->rotating)
		return scap_fail(&writer->error, SCAP_NOT_SUPPORTED, "this writer writes one file");
	return rotation_next(writer, false);
}

int scap_writer_due(const struct scap_writer *writer, uint64_t ts_ns, uint32_t size)
{
	const struct scap_rotation *limit = &writer->rotation;
	uint64_t bytes;

	if (!writer->rotating || !writer->output ||
	    writer->file_events == 0) /* a file has one event at least */
		return 0;
	if (limit->max_events && writer->file_events >= limit->max_events)
		return 1;
	if (limit->max_ns && ts_ns > writer->first_ts && ts_ns - writer->first_ts >= limit->max_ns)
		return 1;
	bytes = output_file_bytes(writer->output) + (writer->gzip ? 0 : BLOCK_MIN + pad4(6 + size));
	return limit->max_bytes && bytes > limit->max_bytes;
}
