/* SPDX-License-Identifier: Apache-2.0 */
/* Settings of a capture, as drivers take them. Each function fails (SCAP_ILLEGAL_INPUT) for a value that no
 * driver takes, and leaves the settings as they were then. */
#ifndef SCAP_CONFIG_H
#define SCAP_CONFIG_H

#include "../../../drivers/capture/abi.h"
#include "scap.h"

/* Those that a capture begins with. */
int config_first(struct capture_config *config, const struct scap_live_options *options,
		 struct scap_error *err);

void config_interest(struct capture_config *config, const uint8_t *interest);
int config_snaplen(struct capture_config *config, uint32_t snaplen, struct scap_error *err);
int config_sampling(struct capture_config *config, uint32_t ratio, struct scap_error *err);
int config_fullcapture(struct capture_config *config, uint16_t first, uint16_t last, struct scap_error *err);

#endif
