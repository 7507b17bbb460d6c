/* SPDX-License-Identifier: Apache-2.0 */
/* HELLO: who is there. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arch.h"
#include "helper.h"
#include "requests.h"
#include "time_ns.h"

enum features { FEATURE_CGROUP = 1, FEATURE_IA32 = 2, FEATURE_BTF = 4, FEATURE_INIT = 8 };

static uint64_t boot_time(void)
{
	return now_ns(CLOCK_REALTIME) - now_ns(CLOCK_BOOTTIME);
}

#if AGENT_HAS_IA32
/* A kernel without 32-bit calls, by its configuration or by ia32_emulation=0, ends the caller. */
static bool try_ia32(void)
{
	const uint64_t none[6] = {0};
	const long ia32_getpid = 20;
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		signal(SIGSEGV, SIG_DFL);
		_exit(agent_syscall_ia32(ia32_getpid, none) == getpid() ? 0 : 1);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return child > 0 && status == 0;
}
#endif

static bool has_ia32(void)
{
#if AGENT_HAS_IA32
	static int known = -1;

	if (known < 0)
		known = try_ia32();
	return known;
#else
	return false;
#endif
}

static uint32_t features(const struct agent *agent)
{
	return (agent->has_cgroups ? FEATURE_CGROUP : 0) | (has_ia32() ? FEATURE_IA32 : 0) |
	       (access("/sys/kernel/btf/vmlinux", R_OK) == 0 ? FEATURE_BTF : 0) |
	       (agent->is_init ? FEATURE_INIT : 0);
}

/*
 * Request: u32 protocol version. Reply: u32 protocol version, u32 features, u32 page size, u32 CPUs online,
 * u64 boot time (ns since the epoch), strings: agent version, architecture, kernel release, path of the
 * helper program.
 */
void handle_hello(struct request *request)
{
	struct writer *out = &request->out;
	struct utsname uts;
	char path[300];

	if (read_u32(&request->in) != PROTOCOL_VERSION) {
		char text[80];
		snprintf(text, sizeof text, "the agent speaks protocol version %d", PROTOCOL_VERSION);
		fail(request, ERROR_REFUSED, PROTOCOL_VERSION, text);
		return;
	}
	uname(&uts);
	helper_path(request->agent->base, path, sizeof path);
	write_u32(out, PROTOCOL_VERSION);
	write_u32(out, features(request->agent));
	write_u32(out, (uint32_t)sysconf(_SC_PAGESIZE));
	write_u32(out, (uint32_t)sysconf(_SC_NPROCESSORS_ONLN));
	write_u64(out, boot_time());
	write_string(out, AGENT_VERSION);
	write_string(out, AGENT_ARCH_NAME);
	write_string(out, uts.release);
	write_string(out, path);
}
