/* SPDX-License-Identifier: Apache-2.0 */
/* Files of /proc and /etc, of any content. Nothing is promised but that no byte outside is touched. */
#include "feed_os_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	feed_os_text((const char *)data, size);
	return 0;
}
