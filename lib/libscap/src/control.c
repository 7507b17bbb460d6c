/* SPDX-License-Identifier: Apache-2.0 */
/* Control of a live capture. */
#include <string.h>

#include "error.h"
#include "handle.h"

static int need_live(struct scap *scap)
{
	return scap->live ? SCAP_OK : scap_fail(&scap->error, SCAP_NOT_SUPPORTED, "not a live capture");
}

int scap_start(struct scap *scap)
{
	int status = need_live(scap);

	return status == SCAP_OK ? live_start(scap->live, &scap->error) : status;
}

int scap_stop(struct scap *scap)
{
	int status = need_live(scap);

	return status == SCAP_OK ? live_stop(scap->live, &scap->error) : status;
}

int scap_reset(struct scap *scap)
{
	int status = need_live(scap);

	if (status != SCAP_OK)
		return status;
	scap->held = false;
	return live_reset(scap->live, &scap->error);
}

int scap_set_interest(struct scap *scap, const uint8_t *interest)
{
	int status = need_live(scap);

	if (status != SCAP_OK)
		return status;
	return live_ops(scap->live)->set_interest(live_engine(scap->live), interest, &scap->error);
}

int scap_set_snaplen(struct scap *scap, uint32_t snaplen)
{
	int status = need_live(scap);

	if (status != SCAP_OK)
		return status;
	if (snaplen > SCAP_SNAPLEN_MAX)
		return scap_fail(&scap->error, SCAP_ILLEGAL_INPUT, "snaplen %u is above %u", snaplen,
				 SCAP_SNAPLEN_MAX);
	return live_ops(scap->live)->set_snaplen(live_engine(scap->live), snaplen, &scap->error);
}

int scap_set_scope(struct scap *scap, uint64_t cgroup_id)
{
	int status = need_live(scap);

	if (status != SCAP_OK)
		return status;
	return live_ops(scap->live)->set_scope(live_engine(scap->live), cgroup_id, &scap->error);
}

int scap_set_drop_failed(struct scap *scap, int on)
{
	int status = need_live(scap);

	if (status != SCAP_OK)
		return status;
	return live_ops(scap->live)->set_drop_failed(live_engine(scap->live), on, &scap->error);
}

int scap_set_sampling(struct scap *scap, uint32_t ratio)
{
	int status = need_live(scap);

	if (status != SCAP_OK)
		return status;
	if (ratio > SCAP_SAMPLING_MAX || (ratio & (ratio - 1)) != 0)
		return scap_fail(&scap->error, SCAP_ILLEGAL_INPUT,
				 "sampling ratio %u: it is 0 (off) or a power of two up to %u", ratio,
				 SCAP_SAMPLING_MAX);
	return live_ops(scap->live)->set_sampling(live_engine(scap->live), ratio, &scap->error);
}

int scap_get_stats(struct scap *scap, struct scap_stats *out)
{
	int status = need_live(scap);

	memset(out, 0, sizeof(*out));
	if (status != SCAP_OK)
		return status;
	status = live_stats(scap->live, out, &scap->error);
	out->read += scap->held; /* returned, though its ring does not know yet */
	return status;
}

int scap_get_driver_info(struct scap *scap, struct scap_driver_info *out)
{
	int status = need_live(scap);

	memset(out, 0, sizeof(*out));
	if (status != SCAP_OK)
		return status;
	return live_ops(scap->live)->driver_info(live_engine(scap->live), out, &scap->error);
}
