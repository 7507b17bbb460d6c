/* SPDX-License-Identifier: Apache-2.0 */
#include "scap.h"

uint64_t scap_api_version(void)
{
	return ((uint64_t)SCAP_API_MAJOR << 44) | ((uint64_t)SCAP_API_MINOR << 24) | SCAP_API_PATCH;
}
