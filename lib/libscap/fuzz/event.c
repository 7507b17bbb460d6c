/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One event as it lies in a block: of format 1 or 2, in either byte order (the first byte says which). What
 * comes out must be a frame whose parameters lie inside it.
 */
#include "../src/import.h"
#include "check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct importer importer = {0};
	struct event_source source;
	const struct scap_event *event;
	struct scap_error err = {""};
	uint16_t type;
	int status;

	if (size == 0)
		return 0;
	source = (struct event_source){data + 1, size - 1, data[0] & 1 ? 1 : 2, data[0] & 2};
	status = import_type(&source, &type, &err);
	if (status == SCAP_OK && frame_known(type)) {
		status = import_event(&importer, &source, &event, &err);
		if (status == SCAP_OK) {
			PROMISE(event->type == type);
			PROMISE(event->len <= size + sizeof(uint32_t));
			PROMISE(frame_check(event, event->len, false, &err) == SCAP_OK);
		}
	}
	PROMISE(status == SCAP_OK || err.text[0]);
	importer_free(&importer);
	return 0;
}
