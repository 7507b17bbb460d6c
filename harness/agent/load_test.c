/* SPDX-License-Identifier: Apache-2.0 */
#include "load_test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "arch.h"

static void fill_payload(uint8_t *payload, uint32_t size, uint32_t writer, uint64_t sequence)
{
	uint32_t head[2] = {LOAD_MAGIC, writer};

	memcpy(payload, head, sizeof head);
	memcpy(payload + sizeof head, &sequence, sizeof sequence);
	for (uint32_t i = MIN_PAYLOAD_BYTES; i < size; i++)
		payload[i] = (uint8_t)(sequence + i);
}

/* Blocks until the parent closes the other end. */
static void pass_gate(int gate)
{
	uint8_t nothing;

	while (read(gate, &nothing, 1) < 0 && errno == EINTR)
		;
	close(gate);
}

static _Noreturn void write_all(const struct load *load, uint32_t writer, struct load_counts *counts,
				int gate)
{
	uint8_t payload[MAX_PAYLOAD_BYTES];
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		__atomic_add_fetch(&counts->failed, 1, __ATOMIC_RELAXED);
	pass_gate(gate);
	for (uint64_t sequence = 0; fd >= 0 && sequence < load->writes; sequence++) {
		fill_payload(payload, load->payload_bytes, writer, sequence);
		uint64_t args[6] = {(uint64_t)fd, (uint64_t)(uintptr_t)payload, load->payload_bytes};
		if (agent_syscall(SYS_write, args) == (long)load->payload_bytes)
			counts->sent[writer]++;
	}
	__atomic_add_fetch(&counts->finished, 1, __ATOMIC_RELEASE);
	_exit(0);
}

static int make_map(void)
{
	union bpf_attr attr = {0};

	attr.map_type = BPF_MAP_TYPE_HASH;
	attr.key_size = sizeof(uint32_t);
	attr.value_size = sizeof(uint64_t);
	attr.max_entries = 16;
	return (int)syscall(SYS_bpf, BPF_MAP_CREATE, &attr, sizeof attr);
}

static _Noreturn void hammer(const struct load *load, struct load_counts *counts, int gate)
{
	union bpf_attr attr = {0};
	uint32_t key = 0;
	uint64_t value = 0;
	int map = make_map();

	if (map < 0)
		__atomic_add_fetch(&counts->failed, 1, __ATOMIC_RELAXED);
	attr.map_fd = (uint32_t)map;
	attr.key = (uint64_t)(uintptr_t)&key;
	attr.value = (uint64_t)(uintptr_t)&value;
	pass_gate(gate);
	while (map >= 0 && __atomic_load_n(&counts->finished, __ATOMIC_ACQUIRE) < load->writers) {
		key = (uint32_t)value++ % 16;
		if (syscall(SYS_bpf, BPF_MAP_UPDATE_ELEM, &attr, sizeof attr) == 0)
			counts->updates++;
	}
	_exit(0);
}

static int fork_writer(const struct load *load, uint32_t writer, const struct cgroup *cgroup,
		       struct load_run *run, int gate)
{
	pid_t pid = cgroup->path[0] ? cgroup_fork(cgroup) : fork();

	if (pid != 0)
		return pid < 0 ? -errno : 0;
	close(run->gate);
	write_all(load, writer, run->counts, gate);
}

static int fork_hammer(const struct load *load, struct load_run *run, int gate)
{
	pid_t pid = fork();

	if (pid != 0)
		return pid < 0 ? -errno : 0;
	close(run->gate);
	hammer(load, run->counts, gate);
}

int load_prepare(const struct load *load, const struct cgroup *cgroup, struct load_run *run)
{
	int gate[2], error = 0;

	*run = (struct load_run){.gate = -1};
	void *shared =
	    mmap(NULL, sizeof *run->counts, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return -errno;
	run->counts = shared;
	if (pipe2(gate, O_CLOEXEC))
		return -errno;
	run->gate = gate[1];
	for (uint32_t i = 0; i < load->writers && !error; i++)
		error = fork_writer(load, i, cgroup, run, gate[0]);
	if (!error && load->hammer)
		error = fork_hammer(load, run, gate[0]);
	close(gate[0]);
	return error;
}

void load_begin(struct load_run *run)
{
	close(run->gate);
	run->gate = -1;
}

void load_free(struct load_run *run)
{
	if (run->gate >= 0)
		close(run->gate);
	if (run->counts)
		munmap(run->counts, sizeof *run->counts);
	*run = (struct load_run){.gate = -1};
}
