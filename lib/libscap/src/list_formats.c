/* SPDX-License-Identifier: Apache-2.0 */
/* Block codes of lists, of all ages. The highest version of each is what is written today. */
#include "format.h"
#include "lists.h"

#define PROCESSES  .decode = decode_thread, .name = "processes"
#define FDS	   .decode = decode_fd, .name = "fds", .has_tid = true
#define INTERFACES .decode = decode_interface, .name = "interfaces"
#define USERS	   .decode = decode_user, .name = "users"

static const struct {
	uint32_t code, old_code; /* old: of files before the present numbering; 0 if there are none */
	struct list_format format;
} formats[] = {
    {0x202, 0x8000ABCD, {PROCESSES, .version = 1}},
    {0x207, 0x8013ABCD, {PROCESSES, .version = 2}},
    {0x209, 0x8014ABCD, {PROCESSES, .version = 3}},
    {0x210, 0, {PROCESSES, .version = 4}},
    {0x211, 0, {PROCESSES, .version = 5}},
    {0x212, 0, {PROCESSES, .version = 6}},
    {0x213, 0, {PROCESSES, .version = 7}},
    {0x214, 0, {PROCESSES, .version = 8}},
    {BLOCK_PROCESSES_V9, 0, {PROCESSES, .version = 9, .has_length = true, .counts_length = true}},
    {0x203, 0x8001ABCD, {FDS, .version = 1}},
    {BLOCK_FDS_V2, 0, {FDS, .version = 2, .has_length = true, .counts_length = true}},
    {0x205, 0x8011ABCD, {INTERFACES, .version = 1}},
    {BLOCK_INTERFACES_V2, 0, {INTERFACES, .version = 2, .has_length = true}}, /* alone in not counting it */
    {0x206, 0x8012ABCD, {USERS, .version = 1}},
    {BLOCK_USERS_V2, 0, {USERS, .version = 2, .has_length = true, .counts_length = true}},
};

const struct list_format *list_format(uint32_t block_type)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (block_type == formats[i].code || (block_type == formats[i].old_code && block_type != 0))
			return &formats[i].format;
	return NULL;
}
