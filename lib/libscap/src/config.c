/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "error.h"

/* Bit i of byte i / 8 -> bit i of word i / 64. */
void config_interest(struct capture_config *config, const uint8_t *interest)
{
	memset(config->interest, interest ? 0 : 0xff, sizeof(config->interest));
	for (unsigned int i = 0; interest && i < SCAP_INTEREST_BYTES; i++)
		config->interest[i / 8] |= (uint64_t)interest[i] << (i % 8 * 8);
}

int config_snaplen(struct capture_config *config, uint32_t snaplen, struct scap_error *err)
{
	if (snaplen > SCAP_SNAPLEN_MAX)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "snaplen %u is above %u", snaplen,
				 SCAP_SNAPLEN_MAX);
	config->snaplen = snaplen ? snaplen : CAPTURE_SNAPLEN_DEFAULT;
	return SCAP_OK;
}

int config_sampling(struct capture_config *config, uint32_t ratio, struct scap_error *err)
{
	if (ratio > SCAP_SAMPLING_MAX || (ratio & (ratio - 1)) != 0)
		return scap_fail(err, SCAP_ILLEGAL_INPUT,
				 "sampling ratio %u: it is 0 (off) or a power of two up to %u", ratio,
				 SCAP_SAMPLING_MAX);
	config->sampling_ratio = ratio;
	return SCAP_OK;
}

int config_fullcapture(struct capture_config *config, uint16_t first, uint16_t last, struct scap_error *err)
{
	if (first > last)
		return scap_fail(err, SCAP_ILLEGAL_INPUT, "ports %u to %u: the first is above the last",
				 first, last);
	config->fullcapture_first = first;
	config->fullcapture_last = last;
	return SCAP_OK;
}

int config_first(struct capture_config *config, const struct scap_live_options *options,
		 struct scap_error *err)
{
	memset(config, 0, sizeof(*config));
	config->drop_failed = options->flags & SCAP_DROP_FAILED ? 1 : 0;
	config->scope_cgroup = options->scope_cgroup;
	config->statsd_port = SCAP_STATSD_PORT;
	config_interest(config, options->interest);
	return config_snaplen(config, options->snaplen, err);
}
