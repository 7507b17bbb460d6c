/** What an inspector counts, under the names that dashboards know, and as Prometheus reads it. */
import { readdirSync, readFileSync } from "node:fs";
import type { LiveStats } from "../scap/index.ts";
import type { State } from "./state/state.ts";
import type { Suppression } from "./suppress.ts";

export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly unit: "count" | "percent" | "kilobytes" | "seconds";
  /** counter: it only grows; gauge: it is of the moment. */
  readonly type: "counter" | "gauge";
  /** state: tables of the inspector; kernel: driver and kernel; resource: this process. */
  readonly of: "state" | "kernel" | "resource";
}

/** What the metrics are read from. */
export interface Counted {
  readonly state: State;
  /** Events numbered so far. */
  readonly events: number;
  readonly driver: LiveStats | null;
  readonly suppression: Suppression | null;
}

export const metrics = (counted: Counted): Metric[] => [
  ...ofState(counted),
  ...ofDriver(counted.driver),
  ...ofProcess(),
];

type Row = readonly [name: string, value: number | bigint, type: Metric["type"]];

const counts = (of: Metric["of"], rows: readonly Row[]): Metric[] =>
  rows.map(([name, value, type]) => ({ name, value: Number(value), unit: "count", type, of }));

function ofState({ state: { threads }, events, suppression }: Counted): Metric[] {
  const { added, removed, dropped, failedLookups } = threads.counters;
  let fds = 0;
  for (const thread of threads) if (thread.isMain) fds += thread.fds.size;
  return counts("state", [
    ["n_retrieved_evts", events, "counter"],
    ["n_threads", threads.size, "gauge"],
    ["n_fds", fds, "gauge"],
    ["n_added_threads", added, "counter"],
    ["n_removed_threads", removed, "counter"],
    ["n_failed_thread_lookups", failedLookups, "counter"],
    ["n_drops_full_threadtable", dropped, "counter"],
    ["n_suppressed_evts", suppression?.events ?? 0, "counter"],
    ["n_suppressed_tids", suppression?.tids ?? 0, "gauge"],
  ]);
}

function ofDriver(stats: LiveStats | null): Metric[] {
  if (!stats) return [];
  return counts("kernel", [
    ["n_evts", stats.seen, "counter"],
    ["n_drops", stats.lostRing + stats.lostScratch + stats.lostBug, "counter"],
    ["n_drops_buffer_total", stats.lostRing, "counter"],
    ["n_drops_scratch_map", stats.lostScratch, "counter"],
    ["n_drops_bug", stats.lostBug, "counter"],
  ]);
}

/** CPU time is counted from the start of the process, as ps does. */
function ofProcess(): Metric[] {
  const resource = (name: string, value: number, unit: Metric["unit"]): Metric => ({
    name,
    value,
    unit,
    type: "gauge",
    of: "resource",
  });
  const { user, system } = process.cpuUsage();
  const status = readFileSync("/proc/self/status", "latin1");
  const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0);
  return [
    resource("cpu_usage_perc", (user + system) / 1e4 / process.uptime(), "percent"),
    resource("memory_rss_kb", kb("VmRSS"), "kilobytes"),
    resource("memory_vsz_kb", kb("VmSize"), "kilobytes"),
    resource("open_fds", readdirSync("/proc/self/fd").length, "count"),
  ];
}

const suffixes = { count: "", percent: "_ratio", kilobytes: "_bytes", seconds: "_seconds" } as const;
const factors = { count: 1, percent: 0.01, kilobytes: 1024, seconds: 1 } as const;
const endings = /_(perc|kb)$/;

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
