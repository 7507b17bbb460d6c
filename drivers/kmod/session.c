// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/cpumask.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/nospec.h>
#include <linux/rcupdate.h>
#include "tracepoints.h"
#include "percpu.h"
#include "probes.h"
#include "session.h"

#define RING_BYTES_MAX (1ULL << 30)

static DEFINE_MUTEX(lock); /* of all below, of scapyard_cpus, and of what tracepoints.h wants serialised */
static struct cpumask ring_cpus; /* those with a ring; the n-th one has ring n */
static u64 ring_bytes;		 /* 0: not set up */
static bool opened;
static bool running;

int session_open(void)
{
	static const struct capture_config nothing = {.snaplen = CAPTURE_SNAPLEN_DEFAULT};
	int err = 0;

	mutex_lock(&lock);
	if (opened)
		err = -EBUSY;
	else
		probes_configure(&nothing);
	opened = true;
	mutex_unlock(&lock);
	return err;
}

/*
 * Afterwards no hook records, and none is still at it: hooks run inside an RCU read section, and look at
 * `enabled` there. They stay registered, since a capture that stops is often started again, and changing the
 * kernel's text for that takes tens of milliseconds.
 */
static void quiesce(void)
{
	probes_enable(false);
	synchronize_rcu_expedited();
	running = false;
}

static void stop(void)
{
	quiesce();
	tracepoints_unregister();
}

static void free_rings(void)
{
	int cpu;

	for_each_possible_cpu(cpu) cpu_state_destroy(cpu);
	cpumask_clear(&ring_cpus);
	ring_bytes = 0;
}

void session_close(void)
{
	mutex_lock(&lock);
	stop();
	free_rings();
	opened = false;
	mutex_unlock(&lock);
}

static bool setup_is_valid(const struct scapyard_setup *setup)
{
	return is_power_of_2(setup->ring_bytes) && setup->ring_bytes >= 2 * PAGE_SIZE &&
	       setup->ring_bytes <= RING_BYTES_MAX && !(setup->flags & ~SCAPYARD_ONLINE_CPUS) &&
	       !setup->reserved;
}

static int make_rings(struct scapyard_setup *setup)
{
	int cpu;

	cpumask_copy(&ring_cpus, setup->flags & SCAPYARD_ONLINE_CPUS ? cpu_online_mask : cpu_possible_mask);
	for_each_cpu(cpu, &ring_cpus)
	{
		if (cpu_state_create(cpu, setup->ring_bytes)) {
			free_rings();
			return -ENOMEM;
		}
	}
	ring_bytes = setup->ring_bytes;
	setup->rings = cpumask_weight(&ring_cpus);
	setup->cpu_ids = nr_cpu_ids;
	return 0;
}

int session_setup(struct scapyard_setup *setup)
{
	int err;

	if (!setup_is_valid(setup))
		return -EINVAL;
	mutex_lock(&lock);
	err = ring_bytes ? -EBUSY : make_rings(setup);
	mutex_unlock(&lock);
	return err;
}

int session_configure(const struct capture_config *config)
{
	int err = 0;

	if (config->snaplen > CAPTURE_SNAPLEN_MAX)
		return -EINVAL;
	mutex_lock(&lock);
	probes_configure(config);
	if (running)
		err = tracepoints_register(probes_wanted());
	if (err)
		stop();
	mutex_unlock(&lock);
	return err;
}

int session_start(void)
{
	int err = -ENXIO;

	mutex_lock(&lock);
	if (ring_bytes) {
		running = true;
		probes_enable(true);
		err = tracepoints_register(probes_wanted());
		if (err)
			stop();
	}
	mutex_unlock(&lock);
	return err;
}

void session_stop(void)
{
	mutex_lock(&lock);
	if (running)
		quiesce();
	mutex_unlock(&lock);
}

int session_reset(void)
{
	int cpu, err = 0;

	mutex_lock(&lock);
	if (running)
		err = -EBUSY;
	else
		for_each_possible_cpu(cpu) cpu_state_reset(cpu);
	mutex_unlock(&lock);
	return err;
}

int session_counters(struct scapyard_cpu_counters *counters)
{
	if (counters->reserved || counters->cpu >= nr_cpu_ids || !cpu_possible(counters->cpu))
		return -EINVAL;
	mutex_lock(&lock);
	cpu_state_counters(array_index_nospec(counters->cpu, nr_cpu_ids), &counters->counters);
	mutex_unlock(&lock);
	return 0;
}

static struct ring *nth_ring(unsigned long n)
{
	int cpu;

	for_each_cpu(cpu, &ring_cpus) if (n-- == 0) return per_cpu(scapyard_cpus, cpu).ring;
	return NULL;
}

int session_mmap(struct vm_area_struct *vma)
{
	unsigned long stride;
	struct ring *ring;
	int err = -ENXIO;

	mutex_lock(&lock);
	if (ring_bytes) {
		stride = ring_mapped_pages(ring_bytes);
		ring = nth_ring(vma->vm_pgoff / stride);
		err = ring ? ring_mmap(ring, vma, vma->vm_pgoff % stride) : -EINVAL;
	}
	mutex_unlock(&lock);
	return err;
}
