/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <zlib.h>

#include "inflater.h"

#define WINDOW_GZIP (15 + 16) /* largest window, gzip header and trailer expected */

struct inflater {
	z_stream z;
};

struct inflater *inflater_new(void)
{
	struct inflater *inflater = calloc(1, sizeof(*inflater));

	if (inflater && inflateInit2(&inflater->z, WINDOW_GZIP) != Z_OK) {
		free(inflater);
		return NULL;
	}
	return inflater;
}

void inflater_free(struct inflater *inflater)
{
	if (!inflater)
		return;
	inflateEnd(&inflater->z);
	free(inflater);
}

void inflater_reset(struct inflater *inflater)
{
	inflateReset(&inflater->z);
}

enum inflated inflater_run(struct inflater *inflater, struct inflater_io *io, const char **why)
{
	z_stream *z = &inflater->z;
	int status;

	z->next_in = (Bytef *)io->in;
	z->avail_in = io->in_left;
	z->next_out = io->out;
	z->avail_out = io->out_left;
	status = inflate(z, Z_NO_FLUSH);
	*io = (struct inflater_io){z->next_in, z->next_out, z->avail_in, z->avail_out};
	if (status == Z_STREAM_END)
		return INFLATED_END;
	if (status == Z_OK || status == Z_BUF_ERROR)
		return INFLATED_MORE;
	*why = status == Z_MEM_ERROR ? "out of memory" : z->msg ? z->msg : "zlib gave no reason";
	return INFLATED_DAMAGED;
}
