/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the writer share: writer.c, writer_lists.c, writer_rotate.c. */
#ifndef SCAP_WRITER_H
#define SCAP_WRITER_H

#include "output.h"
#include "packer.h"

struct scap_writer {
	struct output *output;
	bool gzip, swap;
	bool had_event; /* of this section: no metadata any more */
	bool rotating;
	struct scap_rotation rotation;
	char *base;	     /* rotating: what the caller named */
	struct packer head;  /* rotating: blocks before the first event, to begin the next file with */
	struct packer frame; /* an event in the other byte order */
	uint64_t file_events, total_events, first_ts;
	uint32_t files;
	struct scap_error error;
};

/* A block of the body's two parts; lists and machine info are remembered for the next file. */
int writer_block(struct scap_writer *writer, uint32_t type, const void *head, uint32_t head_size,
		 const void *tail, uint32_t tail_size);
int writer_section(struct scap_writer *writer);
/* SCAP_ILLEGAL_INPUT if the section has events: `what` must come before them. */
int writer_before_events(struct scap_writer *writer, const char *what);

/* The first file of a series. */
int rotation_open(struct scap_writer *writer, const char *base, const struct scap_rotation *rotation,
		  struct scap_error *err);
/* Finish the file, begin the next; `head`: with what stood before the events of this one. */
int rotation_next(struct scap_writer *writer, bool head);

/* The frame in the other byte order, made in `packer`; valid until the next call. NULL without memory. */
const uint8_t *export_frame(struct packer *packer, const struct scap_event *event, uint32_t *size);

#endif
