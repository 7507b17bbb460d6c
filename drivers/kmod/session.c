// SPDX-License-Identifier: GPL-2.0-only OR MIT
#include <linux/cpumask.h>
#include <linux/log2.h>
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/nospec.h>
#include <linux/rcupdate.h>
#include "cpu_rings.h"
#include "probes.h"
#include "session.h"
#include "tracepoints.h"

#define RING_BYTES_MAX (1ULL << 30)

static DEFINE_MUTEX(lock); /* of all below, and of what cpu_rings.h and tracepoints.h want serialised */
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

void session_close(void)
{
	mutex_lock(&lock);
	stop();
	cpu_rings_free();
	opened = false;
	mutex_unlock(&lock);
}

static bool setup_is_valid(const struct scapyard_setup *setup)
{
	return is_power_of_2(setup->ring_bytes) && setup->ring_bytes >= 2 * PAGE_SIZE &&
	       setup->ring_bytes <= RING_BYTES_MAX && !(setup->flags & ~SCAPYARD_ONLINE_CPUS) &&
	       !setup->reserved;
}

int session_setup(struct scapyard_setup *setup)
{
	int err;

	if (!setup_is_valid(setup))
		return -EINVAL;
	mutex_lock(&lock);
	err = cpu_rings_make(setup);
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
	if (cpu_rings_made()) {
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
	int err = 0;

	mutex_lock(&lock);
	if (running)
		err = -EBUSY;
	else
		cpu_rings_reset();
	mutex_unlock(&lock);
	return err;
}

int session_counters(struct scapyard_cpu_counters *counters)
{
	if (counters->reserved || counters->cpu >= nr_cpu_ids || !cpu_possible(counters->cpu))
		return -EINVAL;
	mutex_lock(&lock);
	cpu_rings_counters(array_index_nospec(counters->cpu, nr_cpu_ids), &counters->counters);
	mutex_unlock(&lock);
	return 0;
}

int session_mmap(struct vm_area_struct *vma)
{
	int err;

	mutex_lock(&lock);
	err = cpu_rings_mmap(vma);
	mutex_unlock(&lock);
	return err;
}
