/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "print.h"
#include "scap_event_table.h"

#if defined(__x86_64__)
#include "scap_syscalls_x86_64.h"
#elif defined(__aarch64__)
#include "scap_syscalls_aarch64.h"
#elif defined(__s390x__)
#include "scap_syscalls_s390x.h"
#elif defined(__riscv)
#include "scap_syscalls_riscv64.h"
#elif defined(__powerpc64__)
#include "scap_syscalls_ppc64le.h"
#else
#error "no system-call table for this architecture"
#endif

static bool is_signed(uint8_t type)
{
	switch (type) {
	case SCAP_PT_INT8:
	case SCAP_PT_INT16:
	case SCAP_PT_INT32:
	case SCAP_PT_INT64:
	case SCAP_PT_ERRNO:
	case SCAP_PT_FD:
	case SCAP_PT_PID:
	case SCAP_PT_FD32:
	case SCAP_PT_PID32:
		return true;
	default:
		return false;
	}
}

static bool is_text(uint8_t type)
{
	return type == SCAP_PT_CHARBUF || type == SCAP_PT_FSPATH || type == SCAP_PT_FSRELPATH ||
	       type == SCAP_PT_CHARBUFARRAY;
}

/* memcpy by width: a number's bytes are at no alignment. */
static void print_number(const uint8_t *data, uint32_t size, uint8_t type, uint8_t format)
{
	uint64_t value = 0;
	uint8_t u8;
	uint16_t u16;
	uint32_t u32;

	switch (size) {
	case 1:
		memcpy(&u8, data, 1);
		value = is_signed(type) ? (uint64_t)(int8_t)u8 : u8;
		break;
	case 2:
		memcpy(&u16, data, 2);
		value = is_signed(type) ? (uint64_t)(int16_t)u16 : u16;
		break;
	case 4:
		memcpy(&u32, data, 4);
		value = is_signed(type) ? (uint64_t)(int32_t)u32 : u32;
		break;
	default:
		memcpy(&value, data, 8);
	}
	if (is_signed(type))
		printf("%" PRId64, (int64_t)value);
	else
		printf(format == SCAP_PF_HEX   ? "0x%" PRIx64
		       : format == SCAP_PF_OCT ? "0%" PRIo64
					       : "%" PRIu64,
		       value);
}

static void print_text(const uint8_t *data, uint32_t size)
{
	putchar('"');
	for (uint32_t i = 0; i < size - (data[size - 1] == 0); i++)
		if (data[i] == '"' || data[i] == '\\')
			printf("\\%c", data[i]);
		else if (data[i] == 0)
			printf("\\0"); /* between the strings of an array */
		else if (isprint(data[i]) || data[i] >= 0x80)
			putchar(data[i]);
		else
			printf("\\x%02x", data[i]);
	putchar('"');
}

static void print_param(const struct scap_param_info *info, const uint8_t *data, uint32_t size)
{
	printf(" %s=", info->name);
	if (size == 0)
		printf("<none>");
	else if (is_text(info->type))
		print_text(data, size);
	else if (info->type < SCAP_PT_MAX && scap_type_size[info->type] == size && size <= 8)
		print_number(data, size, info->type, info->format);
	else
		for (uint32_t i = 0; i < size; i++)
			printf("%02x", data[i]);
}

static uint32_t length_of(const uint8_t *lengths, uint32_t index, bool wide)
{
	uint16_t narrow;
	uint32_t length;

	if (wide) {
		memcpy(&length, lengths + 4 * (size_t)index, 4);
		return length;
	}
	memcpy(&narrow, lengths + 2 * (size_t)index, 2);
	return narrow;
}

void print_event(const struct scap_event *event, uint16_t cpu)
{
	const struct scap_event_info *info = &scap_event_table[event->type];
	bool wide = info->flags & SCAP_EF_LARGE_PAYLOAD;
	const uint8_t *lengths = (const uint8_t *)(event + 1);
	const uint8_t *data = lengths + (size_t)event->nparams * (wide ? 4 : 2);

	printf("%" PRIu64 ".%09" PRIu64 " %u (%" PRId64 ") %c %s", event->ts / 1000000000,
	       event->ts % 1000000000, cpu, (int64_t)event->tid, event->type % 2 ? '<' : '>', info->name);
	for (uint32_t i = 0; i < event->nparams && i < info->nparams; i++) {
		uint32_t size = length_of(lengths, i, wide);

		print_param(&info->params[i], data, size);
		data += size;
	}
	putchar('\n');
}

void print_syscalls(void)
{
#define LINE(nr, sc, enter, exit, filler) printf("%3d %s (system call %d)\n", sc, #sc, nr);
	SCAP_SYSCALLS(LINE)
#undef LINE
#ifdef SCAP_IA32_SYSCALLS
#define LINE(sc, enter, exit, filler) printf("%3d %s (32-bit programs only)\n", sc, #sc);
	SCAP_IA32_SYSCALLS(LINE)
#undef LINE
#endif
}
