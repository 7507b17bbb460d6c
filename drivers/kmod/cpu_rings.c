// SPDX-License-Identifier: GPL-2.0-only OR MIT
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include "cpu_rings.h"
#include "percpu.h"

/*
 * Of all below. A CPU that comes online takes it, while nobody else may change which ones are: who holds it
 * must not wait for that, as registering with a tracepoint does.
 */
static DEFINE_MUTEX(lock);
static u16 ring_cpus[NR_CPUS]; /* by number of the ring */
static u32 ring_count;
static u64 ring_bytes;	  /* 0: there are none */
static int hotplug_state; /* of cpuhp_setup_state(); 0: every possible CPU has its ring already */

static struct ring *ring_at(u32 number)
{
	return per_cpu(scapyard_cpus, ring_cpus[number]).ring;
}

static int ring_add(int cpu)
{
	int err = cpu_state_create(cpu, ring_bytes);

	if (err)
		return err;
	ring_cpus[ring_count++] = cpu;
	/* Pairs with the reader's acquire: who sees the number finds the ring. */
	smp_store_release(&ring_at(0)->producer->rings, ring_count);
	return 0;
}

/* The CPU does not run yet. It comes up without a ring rather than not at all. */
static int cpu_comes(unsigned int cpu)
{
	mutex_lock(&lock);
	if (ring_bytes && !per_cpu(scapyard_cpus, cpu).ring && ring_add(cpu))
		pr_warn("no memory for a ring: events of CPU %u count as lost\n", cpu);
	mutex_unlock(&lock);
	return 0;
}

static int watch_hotplug(void)
{
	int state = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, KBUILD_MODNAME ":ring", cpu_comes, NULL);

	if (state < 0)
		return state;
	hotplug_state = state;
	return 0;
}

static void free_all(void)
{
	int cpu;

	for_each_possible_cpu(cpu) cpu_state_destroy(cpu);
	ring_count = 0;
	ring_bytes = 0;
}

/* No CPU comes or goes meanwhile. */
static int make_all(const struct scapyard_setup *setup)
{
	int cpu, err = 0;

	mutex_lock(&lock);
	ring_bytes = setup->ring_bytes;
	for_each_possible_cpu(cpu)
	{
		if (!err && (cpu_online(cpu) || !(setup->flags & SCAPYARD_ONLINE_CPUS)))
			err = ring_add(cpu);
	}
	if (err)
		free_all();
	mutex_unlock(&lock);
	return err;
}

int cpu_rings_make(struct scapyard_setup *setup)
{
	int err = 0;

	if (cpu_rings_made())
		return -EBUSY;
	if (setup->flags & SCAPYARD_ONLINE_CPUS)
		err = watch_hotplug();
	if (!err) {
		cpus_read_lock();
		err = make_all(setup);
		cpus_read_unlock();
	}
	if (err) {
		cpu_rings_free();
		return err;
	}
	setup->rings = ring_count;
	setup->cpu_ids = nr_cpu_ids;
	return 0;
}

void cpu_rings_free(void)
{
	if (hotplug_state)
		cpuhp_remove_state_nocalls(hotplug_state);
	hotplug_state = 0;
	mutex_lock(&lock);
	free_all();
	mutex_unlock(&lock);
}

bool cpu_rings_made(void)
{
	bool made;

	mutex_lock(&lock);
	made = ring_bytes;
	mutex_unlock(&lock);
	return made;
}

void cpu_rings_reset(void)
{
	int cpu;

	mutex_lock(&lock);
	for_each_possible_cpu(cpu) cpu_state_reset(cpu);
	mutex_unlock(&lock);
}

void cpu_rings_counters(int cpu, struct capture_counters *counters)
{
	mutex_lock(&lock);
	cpu_state_counters(cpu, counters);
	mutex_unlock(&lock);
}

int cpu_rings_mmap(struct vm_area_struct *vma)
{
	int err = -ENXIO;

	mutex_lock(&lock);
	if (ring_bytes) {
		unsigned long stride = ring_mapped_pages(ring_bytes), number = vma->vm_pgoff / stride;

		err = number < ring_count ? ring_mmap(ring_at(number), vma, vma->vm_pgoff % stride) : -EINVAL;
	}
	mutex_unlock(&lock);
	return err;
}
