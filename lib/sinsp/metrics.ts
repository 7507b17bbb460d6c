/** What an inspector counts, under the names that dashboards know, and as Prometheus reads it. */
import { resources } from "./resources.ts";
import type { State } from "./state/state.ts";
import type { Suppression } from "./suppress.ts";

export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: "count" | "percent" | "bytes" | "kilobytes" | "megabytes" | "seconds";
  /** counter: it only grows; gauge: it is of the moment. */
  readonly type: "counter" | "gauge";
  /** state: tables of the inspector; kernel: driver and kernel; resource: this process, its container and its machine. */
  readonly of: "state" | "kernel" | "resource";
}

/** What the metrics are read from. */
export interface Counted {
  readonly state: State;
  /** Events numbered so far. */
  readonly events: number;
  readonly driver: ReadonlyMap<string, bigint> | null;
  readonly suppression: Suppression | null;
}

export const metrics = (counted: Counted): Metric[] => [
  ...ofState(counted),
  ...ofDriver(counted.driver ?? new Map()),
  ...resources(),
];

type Row = readonly [name: string, value: number | bigint, type: Metric["type"]];

const counts = (of: Metric["of"], rows: readonly Row[]): Metric[] =>
  rows.map(([name, value, type]) => ({ name, value: Number(value), unit: "count", type, of }));

function ofState({ state: { threads }, events, suppression }: Counted): Metric[] {
  const { counters, fdCounters } = threads;
  let fds = 0;
  for (const thread of threads) if (thread.isMain) fds += thread.fds.size;
  return counts("state", [
    ["n_threads", threads.size, "gauge"],
    ["n_fds", fds, "gauge"],
    ["n_noncached_fd_lookups", fdCounters.noncachedLookups, "counter"],
    ["n_cached_fd_lookups", fdCounters.cachedLookups, "counter"],
    ["n_failed_fd_lookups", fdCounters.failedLookups, "counter"],
    ["n_added_fds", fdCounters.added, "counter"],
    ["n_removed_fds", fdCounters.removed, "counter"],
    ["n_stored_evts", counters.storedEnters, "counter"],
    ["n_store_evts_drops", counters.unstoredEnters, "counter"],
    ["n_retrieved_evts", counters.retrievedEnters, "counter"],
    ["n_retrieve_evts_drops", counters.missedEnters, "counter"],
    ["n_noncached_thread_lookups", counters.noncachedLookups, "counter"],
    ["n_cached_thread_lookups", counters.cachedLookups, "counter"],
    ["n_failed_thread_lookups", counters.failedLookups, "counter"],
    ["n_added_threads", counters.added, "counter"],
    ["n_removed_threads", counters.removed, "counter"],
    ["n_drops_full_threadtable", counters.dropped, "counter"],
    ["n_numbered_evts", events, "counter"],
    ["n_suppressed_evts", suppression?.events ?? 0, "counter"],
    ["n_suppressed_tids", suppression?.tids ?? 0, "gauge"],
  ]);
}

/** As libscap names them: `n_evts`, `n_drops_buffer_open_exit`, `n_evts_cpu_0`, … */
const ofDriver = (counters: ReadonlyMap<string, bigint>): Metric[] =>
  counts(
    "kernel",
    [...counters].map(([name, value]) => [name, value, "counter"]),
  );

const bytes = { bytes: 1, kilobytes: 1024, megabytes: 1024 ** 2 } as const;
const suffixes = {
  ...{ count: "", percent: "_ratio", seconds: "_seconds" },
  ...{ bytes: "_bytes", kilobytes: "_bytes", megabytes: "_bytes" },
} as const;
const factors = { count: 1, percent: 0.01, seconds: 1, ...bytes } as const;
const endings = /_(perc|bytes|kb|mb)$/;

/**
 * As rules print them: memory in MB, `_mb` behind its name, with one digit behind the point.
 * @example
 * outputRule(inspector.stats()).find(({ name }) => name === "memory_rss_mb");
 */
export const outputRule = (all: readonly Metric[]): Metric[] =>
  all.map((metric) => {
    const { name, unit, value } = metric;
    if (unit !== "bytes" && unit !== "kilobytes") return metric;
    const megabytes = (value * bytes[unit]) / bytes.megabytes;
    return {
      ...metric,
      name: `${name.replace(endings, "")}_mb`,
      value: Math.round(megabytes * 10) / 10,
      unit: "megabytes",
    };
  });

/**
 * The text format of Prometheus: base units, `_total` behind counters, names of letters, digits, `_` and `:`.
 * @example
 * prometheus(inspector.stats(), { namespace: "scapyard", subsystem: "sinsp" });
 */
export function prometheus(all: readonly Metric[], { namespace = "", subsystem = "" } = {}): string {
  return all
    .map(({ name, value, unit, type, of }) => {
      const base = name.replace(endings, "") + suffixes[unit] + (type === "counter" ? "_total" : "");
      const full = [namespace, subsystem, of, base]
        .filter(Boolean)
        .join("_")
        .replace(/[^A-Za-z0-9_:]/g, "_");
      return `# HELP ${full} ${name} (${of})\n# TYPE ${full} ${type}\n${full} ${value * factors[unit]}\n`;
    })
    .join("");
}
