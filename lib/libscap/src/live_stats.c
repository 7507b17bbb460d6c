/* SPDX-License-Identifier: Apache-2.0 */
/* The counters of a live capture: sums over CPUs, and the list of all of them by name. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "handle.h"
#include "scap_losses.h"

_Static_assert(SCAP_LOSS_MAX <= CAPTURE_LOSSES, "a counter for every kind");

static void add(struct capture_counters *sum, const struct capture_counters *cpu)
{
	sum->seen += cpu->seen;
	sum->pushed += cpu->pushed;
	sum->lost_ring += cpu->lost_ring;
	sum->lost_scratch += cpu->lost_scratch;
	sum->lost_bug += cpu->lost_bug;
	sum->lost_busy += cpu->lost_busy;
	for (int kind = 0; kind < CAPTURE_LOSSES; kind++)
		sum->lost_ring_of[kind] += cpu->lost_ring_of[kind];
}

static int sum_of_cpus(struct live *live, struct capture_counters *sum, struct scap_error *err)
{
	const struct scap_engine_ops *ops = live_ops(live);
	struct scap_engine *engine = live_engine(live);
	uint32_t cpus = ops->cpus(engine);

	memset(sum, 0, sizeof(*sum));
	for (uint32_t cpu = 0; cpu < cpus; cpu++) {
		struct capture_counters one;
		int status = ops->counters(engine, cpu, &one, err);

		if (status == SCAP_OK)
			add(sum, &one);
		else if (status != SCAP_NOT_FOUND) /* numbers may have gaps */
			return status;
	}
	if (ops->skipped)
		sum->lost_busy += ops->skipped(engine);
	return SCAP_OK;
}

int live_stats(struct live *live, struct scap_stats *out, struct scap_error *err)
{
	struct capture_counters sum;
	int status = sum_of_cpus(live, &sum, err);

	out->seen = sum.seen;
	out->pushed = sum.pushed;
	out->lost_ring = sum.lost_ring;
	out->lost_scratch = sum.lost_scratch;
	out->lost_recursion = sum.lost_busy;
	out->lost_bug = sum.lost_bug;
	out->read = live_read(live);
	out->late = live_late(live);
	return status;
}

int live_losses(struct live *live, struct scap_losses *out, struct scap_error *err)
{
	struct capture_counters sum;
	int status = sum_of_cpus(live, &sum, err);

	out->other = sum.lost_ring_of[SCAP_LOSS_OTHER];
#define FIELD(kind, name) out->name = sum.lost_ring_of[kind];
	SCAP_LOSS_NAMES(FIELD)
	return status;
}

/* ---- by name ---- */

struct list {
	struct scap_metric *items; /* NULL: only counted */
	size_t count;
};

__attribute__((format(printf, 4, 5))) static void put(struct list *list, uint64_t value, uint32_t about,
						      const char *format, ...)
{
	struct scap_metric *metric = list->items ? &list->items[list->count] : NULL;
	va_list args;

	list->count++;
	if (!metric)
		return;
	memset(metric, 0, sizeof(*metric));
	metric->value = value;
	metric->flags = about;
	va_start(args, format);
	vsnprintf(metric->name, sizeof(metric->name), format, args);
	va_end(args);
}

static uint64_t dropped(const struct capture_counters *counters)
{
	return counters->lost_ring + counters->lost_scratch + counters->lost_bug;
}

static int put_sums(struct live *live, struct list *list, struct scap_error *err)
{
	struct capture_counters sum;
	int status = sum_of_cpus(live, &sum, err);
	const uint32_t about = SCAP_METRICS_KERNEL;

	put(list, sum.seen, about, "n_evts");
	put(list, sum.lost_ring, about, "n_drops_buffer_total");
#define PUT_LOSS(kind, name) put(list, sum.lost_ring_of[kind], about, "n_drops_buffer_" #name);
	SCAP_LOSS_NAMES(PUT_LOSS)
	put(list, sum.lost_scratch, about, "n_drops_scratch_map");
	put(list, sum.lost_bug, about, "n_drops_bug");
	put(list, sum.lost_busy, about, "n_preemptions");
	put(list, dropped(&sum), about, "n_drops");
	return status;
}

/* The module's users call its CPUs devices. */
static const char *cpu_word(struct live *live)
{
	return strcmp(live_ops(live)->name, "kmod") == 0 ? "dev" : "cpu";
}

static int put_cpus(struct live *live, struct list *list, struct scap_error *err)
{
	const struct scap_engine_ops *ops = live_ops(live);
	struct scap_engine *engine = live_engine(live);
	uint32_t cpus = ops->cpus(engine);

	for (uint32_t cpu = 0; cpu < cpus; cpu++) {
		struct capture_counters one;
		int status = ops->counters(engine, cpu, &one, err);

		if (status == SCAP_NOT_FOUND)
			continue;
		if (status != SCAP_OK)
			return status;
		put(list, one.seen, SCAP_METRICS_PER_CPU, "n_evts_%s_%u", cpu_word(live), cpu);
		put(list, dropped(&one), SCAP_METRICS_PER_CPU, "n_drops_%s_%u", cpu_word(live), cpu);
	}
	return SCAP_OK;
}

static void put_programs(struct live *live, struct list *list)
{
	const struct scap_engine_ops *ops = live_ops(live);
	struct engine_program program;

	for (uint32_t i = 0; ops->program && ops->program(live_engine(live), i, &program) == SCAP_OK; i++) {
		put(list, program.runs, SCAP_METRICS_PROGRAMS, "%s.run_cnt", program.name);
		put(list, program.ns, SCAP_METRICS_PROGRAMS, "%s.run_time_ns", program.name);
		put(list, program.runs ? program.ns / program.runs : 0, SCAP_METRICS_PROGRAMS,
		    "%s.avg_time_ns", program.name);
	}
}

static int fill(struct live *live, uint32_t flags, struct list *list, struct scap_error *err)
{
	int status = SCAP_OK;

	list->count = 0;
	if (flags & (SCAP_METRICS_KERNEL | SCAP_METRICS_PER_CPU))
		status = put_sums(live, list, err);
	if (status == SCAP_OK && flags & SCAP_METRICS_PER_CPU)
		status = put_cpus(live, list, err);
	if (status == SCAP_OK && flags & SCAP_METRICS_PROGRAMS)
		put_programs(live, list);
	return status;
}

/* The first round counts. What there is does not change between the rounds: it is of this handle alone. */
int live_metrics(struct live *live, uint32_t flags, struct scap_metric **out, size_t *count,
		 struct scap_error *err)
{
	struct list list = {0};
	int status = fill(live, flags, &list, err);

	*out = NULL;
	*count = 0;
	if (status != SCAP_OK || list.count == 0)
		return status;
	list.items = calloc(list.count, sizeof(*list.items));
	if (!list.items)
		return scap_fail(err, SCAP_FAILURE, "out of memory");
	status = fill(live, flags, &list, err);
	if (status != SCAP_OK) {
		free(list.items);
		return status;
	}
	*out = list.items;
	*count = list.count;
	return SCAP_OK;
}
