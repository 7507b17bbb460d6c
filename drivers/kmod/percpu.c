// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/string.h>
#include <linux/topology.h>
#include <linux/vmalloc.h>
#include "percpu.h"
#include "scap_losses.h"

DEFINE_PER_CPU(struct cpu_state, scapyard_cpus);

void cpu_state_destroy(int cpu)
{
	struct cpu_state *state = per_cpu_ptr(&scapyard_cpus, cpu);

	ring_destroy(state->ring);
	vfree(state->slots);
	memset(state, 0, sizeof(*state));
}

int cpu_state_create(int cpu, u64 ring_bytes)
{
	struct cpu_state *state = per_cpu_ptr(&scapyard_cpus, cpu);

	state->ring = ring_create(ring_bytes, cpu);
	state->slots = vzalloc_node(CAPTURE_SLOTS * sizeof(*state->slots), cpu_to_node(cpu));
	if (!state->ring || !state->slots) {
		cpu_state_destroy(cpu);
		return -ENOMEM;
	}
	state->ring->producer->cpu = cpu;
	return 0;
}

void cpu_state_reset(int cpu)
{
	struct cpu_state *state = per_cpu_ptr(&scapyard_cpus, cpu);
	int i;

	state->lost_busy = 0;
	state->lost_no_ring = 0;
	if (!state->ring)
		return;
	ring_clear(state->ring);
	for (i = 0; i < CAPTURE_SLOTS; i++)
		memset(&state->slots[i].counters, 0, sizeof(state->slots[i].counters));
}

void cpu_state_counters(int cpu, struct capture_counters *sum)
{
	const struct cpu_state *state = per_cpu_ptr(&scapyard_cpus, cpu);
	int i, kind;

	memset(sum, 0, sizeof(*sum));
	sum->seen = sum->lost_ring = sum->lost_ring_of[SCAP_LOSS_OTHER] = READ_ONCE(state->lost_no_ring);
	sum->lost_busy = READ_ONCE(state->lost_busy);
	for (i = 0; state->slots && i < CAPTURE_SLOTS; i++) {
		const struct capture_counters *slot = &state->slots[i].counters;

		sum->seen += READ_ONCE(slot->seen);
		sum->pushed += READ_ONCE(slot->pushed);
		sum->lost_ring += READ_ONCE(slot->lost_ring);
		sum->lost_scratch += READ_ONCE(slot->lost_scratch);
		sum->lost_bug += READ_ONCE(slot->lost_bug);
		for (kind = 0; kind < SCAP_LOSS_MAX; kind++)
			sum->lost_ring_of[kind] += READ_ONCE(slot->lost_ring_of[kind]);
	}
}
