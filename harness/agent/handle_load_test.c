/* SPDX-License-Identifier: Apache-2.0 */
#include "requests.h"
void handle_load_test(struct request *request)
{
	fail(request, ERROR_REFUSED, 0, "not yet");
}
