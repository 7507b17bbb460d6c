/* SPDX-License-Identifier: Apache-2.0 */
/* Why a BPF object did not load, in one line. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine_modern_bpf.h"

#define LOG_TAIL_LINES 6

/*
 * libbpf has one print function for the process: the only state outside of handles. It is ours while a thread
 * loads an object, one thread at a time; what other threads have to say goes where it went before.
 */
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;
static libbpf_print_fn_t previous;
static __thread struct scap_bpf_log *current;

static int remember(enum libbpf_print_level level, const char *format, va_list args)
{
	char line[sizeof(current->last)];

	if (!current)
		return previous ? previous(level, format, args) : 0;
	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(line, sizeof(line), format, args);
	line[strcspn(line, "\n")] = 0;
	/* "libbpf: prog 'NAME': BPF program load failed: …" */
	sscanf(line, "libbpf: prog '%63[^']", current->program);
	/* The verifier's log is repeated line by line after this one. */
	if (strncmp(line, "libbpf: -- ", 11))
		memcpy(current->last, line, sizeof(line));
	return 0;
}

void scap_bpf_log_begin(struct scap_bpf_log *log)
{
	pthread_mutex_lock(&loading);
	current = log;
	previous = libbpf_set_print(remember);
}

void scap_bpf_log_end(void)
{
	libbpf_set_print(previous);
	current = NULL;
	pthread_mutex_unlock(&loading);
}

static bool in_lockdown(void)
{
	char state[128] = "";
	FILE *file = fopen("/sys/kernel/security/lockdown", "r");

	if (!file)
		return false;
	if (!fgets(state, sizeof(state), file))
		state[0] = 0;
	fclose(file);
	return strstr(state, "[confidentiality]") != NULL;
}

/* The last lines of the verifier's log, joined by " | "; its closing statistics say nothing about the cause.
 */
static void log_tail(const char *log, char *out, size_t size)
{
	const char *lines[LOG_TAIL_LINES];
	size_t used = 0;
	int count = 0;

	for (const char *line = log; *line;) {
		const char *end = strchr(line, '\n');

		if (*line != '\n' && strncmp(line, "processed ", 10)) {
			memmove(lines, lines + 1, sizeof(lines) - sizeof(*lines));
			lines[LOG_TAIL_LINES - 1] = line;
			count += count < LOG_TAIL_LINES;
		}
		if (!end)
			break;
		line = end + 1;
	}
	out[0] = 0;
	for (int i = LOG_TAIL_LINES - count; i < LOG_TAIL_LINES && used < size; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%.*s", used ? " | " : "",
					 (int)strcspn(lines[i], "\n"), lines[i]);
}

int scap_bpf_load_failed(int error, const struct scap_bpf_log *log, struct scap_error *err)
{
	char tail[700];

	if (in_lockdown())
		return scap_fail(
		    err, SCAP_NOT_SUPPORTED,
		    "lockdown: the kernel is locked down (confidentiality) and refuses BPF tracing");
	if (error == EPERM || error == EACCES) {
		if (!log->verifier[0])
			return scap_fail(err, SCAP_FAILURE,
					 "permission: loading BPF programs needs root (CAP_BPF)");
	}
	if (log->verifier[0]) {
		log_tail(log->verifier, tail, sizeof(tail));
		return scap_fail(err, SCAP_NOT_SUPPORTED, "verifier: %s: %s", log->program, tail);
	}
	return scap_fail(err, SCAP_FAILURE, "load: %s (%s)", strerror(error), log->last);
}
