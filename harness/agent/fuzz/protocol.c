/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bytes on the agent's port. Frames, requests and programs are taken apart by the agent's own code; what
 * would act on the machine is left out: a program that decodes is freed instead of run.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../program.h"
#include "../requests.h"

/* As handle_run.c begins. */
void handle_run(struct request *request)
{
	struct program program;
	char why[128];
	uint32_t size;

	read_bytes(&request->in, 7 * sizeof(uint32_t) + SCAP_INTEREST_BYTES);
	size = read_u32(&request->in);
	const uint8_t *bytes = read_bytes(&request->in, size);
	if (!bytes || program_load(bytes, size, &program, why, sizeof why)) {
		fail(request, ERROR_MALFORMED, 0, bytes ? why : "no program");
		return;
	}
	for (uint32_t i = 0; i < program.arena_bytes; i += program.page_size)
		write_u8(&request->out, program_is_hole(&program, i) ? 0 : program.arena[i]);
	program_free(&program);
}

/* Strings, numbers and bytes in an order of their own. */
static void take_fields(struct request *request)
{
	char text[64];

	read_string(&request->in, text, sizeof text);
	write_string(&request->out, text);
	write_u64(&request->out, read_u64(&request->in));
	write_u8(&request->out, read_u8(&request->in));
	size_t left = request->in.left;
	const uint8_t *rest = read_bytes(&request->in, left);
	if (rest)
		write_sized(&request->out, rest, left);
}

void handle_hello(struct request *request)
{
	take_fields(request);
}

void handle_load(struct request *request)
{
	take_fields(request);
}

void handle_unload(struct request *request)
{
	(void)request;
}

void handle_stats(struct request *request)
{
	write_u16(&request->out, read_u16(&request->in));
}

void handle_metrics(struct request *request)
{
	take_fields(request);
}

void handle_put_file(struct request *request)
{
	take_fields(request);
}

void handle_get_file(struct request *request)
{
	take_fields(request);
}

void handle_load_test(struct request *request)
{
	take_fields(request);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct agent agent;
	static int null = -1;
	struct channel channel = {.in = memfd_create("port", MFD_CLOEXEC)};

	if (null < 0)
		null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	channel.out = null;
	if (channel.in < 0 || null < 0 || pwrite(channel.in, data, size, 0) != (ssize_t)size)
		abort();
	serve(&agent, &channel);
	close(channel.in);
	return 0;
}
