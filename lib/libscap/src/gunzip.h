/* SPDX-License-Identifier: Apache-2.0 */
/* Unpack gzip: one member or several in a row. */
#ifndef SCAP_GUNZIP_H
#define SCAP_GUNZIP_H

#include "scap.h"

struct gunzip;

int gunzip_new(struct gunzip **out, struct scap_error *err);
void gunzip_free(struct gunzip *gunzip);

/* The next compressed bytes; those fed before must be used up (gunzip_take gave 0). They must stay until
 * then. */
void gunzip_feed(struct gunzip *gunzip, const uint8_t *data, size_t size);

/* Unpack at most `room` bytes. *got = 0 with SCAP_OK: feed more. On damage, *got counts the good bytes before
 * it. */
int gunzip_take(struct gunzip *gunzip, uint8_t *to, size_t room, size_t *got, struct scap_error *err);

/* There is nothing more to feed: SCAP_OK if the last member was complete. */
int gunzip_finish(struct gunzip *gunzip, struct scap_error *err);

#endif
