/* SPDX-License-Identifier: Apache-2.0 */
/* Control of a live capture. */
#include <stdlib.h>
#include <string.h>

#include "config.h"
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

/* The settings to change; then apply() hands them to the driver. */
static int settings(struct scap *scap, struct capture_config *config)
{
	int status = need_live(scap);

	if (status == SCAP_OK)
		*config = *live_config(scap->live);
	return status;
}

static int apply(struct scap *scap, const struct capture_config *config)
{
	return live_configure(scap->live, config, &scap->error);
}

int scap_set_interest(struct scap *scap, const uint8_t *interest)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status != SCAP_OK)
		return status;
	config_interest(&config, interest);
	return apply(scap, &config);
}

int scap_set_snaplen(struct scap *scap, uint32_t snaplen)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status == SCAP_OK)
		status = config_snaplen(&config, snaplen, &scap->error);
	return status == SCAP_OK ? apply(scap, &config) : status;
}

int scap_set_dynamic_snaplen(struct scap *scap, int on)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status != SCAP_OK)
		return status;
	config.dynamic_snaplen = on ? 1 : 0;
	return apply(scap, &config);
}

int scap_set_fullcapture_ports(struct scap *scap, uint16_t first, uint16_t last)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status == SCAP_OK)
		status = config_fullcapture(&config, first, last, &scap->error);
	return status == SCAP_OK ? apply(scap, &config) : status;
}

int scap_set_statsd_port(struct scap *scap, uint16_t port)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status != SCAP_OK)
		return status;
	config.statsd_port = port;
	return apply(scap, &config);
}

int scap_set_scope(struct scap *scap, uint64_t cgroup_id)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status != SCAP_OK)
		return status;
	config.scope_cgroup = cgroup_id;
	return apply(scap, &config);
}

int scap_set_drop_failed(struct scap *scap, int on)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status != SCAP_OK)
		return status;
	config.drop_failed = on ? 1 : 0;
	return apply(scap, &config);
}

int scap_set_sampling(struct scap *scap, uint32_t ratio)
{
	struct capture_config config;
	int status = settings(scap, &config);

	if (status == SCAP_OK)
		status = config_sampling(&config, ratio, &scap->error);
	return status == SCAP_OK ? apply(scap, &config) : status;
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

int scap_get_losses(struct scap *scap, struct scap_losses *out)
{
	int status = need_live(scap);

	memset(out, 0, sizeof(*out));
	return status == SCAP_OK ? live_losses(scap->live, out, &scap->error) : status;
}

int scap_get_metrics(struct scap *scap, uint32_t flags, const struct scap_metric **out, size_t *count)
{
	int status = need_live(scap);

	*out = NULL;
	*count = 0;
	if (status != SCAP_OK)
		return status;
	free(scap->metrics);
	status = live_metrics(scap->live, flags, &scap->metrics, count, &scap->error);
	*out = scap->metrics;
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
