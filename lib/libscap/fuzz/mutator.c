/* SPDX-License-Identifier: Apache-2.0 */
/* libFuzzer's own mutation, then mostly a capture again. */
#include "mend.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed);

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned seed)
{
	size_t now = LLVMFuzzerMutate(data, size, most);

	if (seed % 8 != 0)
		mend_blocks(data, now);
	return now;
}
