import { expect, test } from "bun:test";
import { type Metric, metrics, outputRule, prometheus } from "./metrics.ts";
import { busyShare, usedMemory } from "./resources.ts";
import { Story } from "./testdata/story.ts";

const of = ({ state }: Story) => metrics({ state, events: 0, driver: null, suppression: null });
const valuesOf = (all: readonly Metric[]) => Object.fromEntries(all.map(({ name, value }) => [name, value]));

/** All that dashboards of the existing library know. */
const stateNames = [
  ...["n_threads", "n_fds", "n_noncached_fd_lookups", "n_cached_fd_lookups", "n_failed_fd_lookups"],
  ...["n_added_fds", "n_removed_fds", "n_stored_evts", "n_store_evts_drops", "n_retrieved_evts"],
  ...["n_retrieve_evts_drops", "n_noncached_thread_lookups", "n_cached_thread_lookups"],
  ...["n_failed_thread_lookups", "n_added_threads", "n_removed_threads", "n_drops_full_threadtable"],
];
const resourceUnits: Record<string, string> = {
  ...{ cpu_usage_perc: "percent", memory_rss_kb: "kilobytes", memory_vsz_kb: "kilobytes" },
  ...{ memory_pss_kb: "kilobytes", container_memory_used_bytes: "bytes", host_cpu_usage_perc: "percent" },
  ...{ host_memory_used_kb: "kilobytes", host_procs_running: "count", host_open_fds: "count" },
};

test("names and units", () => {
  const all = of(new Story());
  const gauges = new Set(["n_threads", "n_fds"]);
  for (const name of stateNames)
    expect(all.find((one) => one.name === name)).toMatchObject({
      of: "state",
      unit: "count",
      type: gauges.has(name) ? "gauge" : "counter",
    });
  const resources = all.filter((one) => one.of === "resource");
  expect<Record<string, string>>(Object.fromEntries(resources.map(({ name, unit }) => [name, unit]))).toEqual(
    resourceUnits,
  );
  expect(resources.every(({ type }) => type === "gauge")).toBe(true);
});

test("what the driver counted keeps its names", () => {
  const driver = new Map([
    ["n_evts", 5n],
    ["n_drops_buffer_open_exit", 2n],
  ]);
  const { state } = new Story();
  const all = metrics({ state, events: 0, driver, suppression: null });
  expect(all.filter((one) => one.of === "kernel")).toEqual([
    { name: "n_evts", value: 5, unit: "count", type: "counter", of: "kernel" },
    { name: "n_drops_buffer_open_exit", value: 2, unit: "count", type: "counter", of: "kernel" },
  ]);
});

test("threads: of the same one as before, of another, of nobody", () => {
  const story = new Story();
  for (const tid of [100, 100, 1, 100, 77]) story.tell("close", { res: -9, fd: 9 }, { tid });
  expect(valuesOf(of(story))).toMatchObject({
    n_cached_thread_lookups: 1,
    n_noncached_thread_lookups: 3,
    n_failed_thread_lookups: 1,
    n_added_threads: 3,
  });
  story.tell("procexit", {}).tell("page_fault", {}, { tid: 1 });
  expect(valuesOf(of(story))).toMatchObject({ n_removed_threads: 1, n_threads: 2 });
});

test("descriptors: found, found again, not there; opened, closed, inherited, gone with their process", () => {
  const story = new Story();
  const since = (before: Record<string, number>) => {
    const now = valuesOf(of(story));
    return ["cached_fd_lookups", "noncached_fd_lookups", "failed_fd_lookups", "added_fds", "removed_fds"].map(
      (name) => now[`n_${name}`]! - before[`n_${name}`]!,
    );
  };
  const zero = valuesOf(of(story));
  story.tell("open", { fd: 3, name: "/a" }).tell("open", { fd: 4, name: "/b" });
  expect(since(zero).slice(3)).toEqual([2, 0]);
  const opened = valuesOf(of(story));
  const fds = story.state.threads.get(100)!.fds;
  for (const fd of [3, 3, 4, 9, 4]) fds.get(fd);
  expect(since(opened).slice(0, 3)).toEqual([2, 2, 1]);
  story.tell("close", { res: 0, fd: 3 }).tell("page_fault", {}, { tid: 1 });
  expect(since(zero).slice(3)).toEqual([2, 1]);
  story.tell("fork", { res: 200, tid: 100, pid: 100, ptid: 1, vtid: 100, vpid: 100 });
  const forked = valuesOf(of(story));
  expect([forked.n_fds, ...since(zero).slice(3)]).toEqual([2, 3, 1]);
  story.tell("procexit", {}, { tid: 200 }).tell("page_fault", {}, { tid: 1 });
  expect([valuesOf(of(story)).n_fds, ...since(zero).slice(3)]).toEqual([1, 3, 2]);
});

test("a descriptor that was found is not found when it is closed or another", () => {
  const story = new Story().tell("open", { fd: 3, name: "/a" });
  const { fds } = story.state.threads.get(100)!;
  expect(fds.get(3)?.name).toBe("/a");
  story.tell("open", { fd: 3, name: "/b" });
  expect(fds.get(3)?.name).toBe("/b");
  story.tell("close", { res: 0, fd: 3 }).tell("page_fault", {});
  expect(fds.get(3)).toBeUndefined();
});

test("enter events: kept, found, missed", () => {
  const story = new Story().tell("open>", { name: "/a" }).tell("open", { fd: 3, name: "/a" });
  story.tell("open", { fd: 4, name: "/b" }).tell("open>", { name: "/a" }, { tid: -1 });
  expect(valuesOf(of(story))).toMatchObject({
    n_stored_evts: 1,
    n_store_evts_drops: 1,
    n_retrieved_evts: 1,
    n_retrieve_evts_drops: 1,
  });
});

test("resources are those of this machine", () => {
  const all = valuesOf(of(new Story()));
  expect(all.memory_pss_kb).toBeWithin(1000, all.memory_vsz_kb!);
  expect(all.host_memory_used_kb).toBeGreaterThan(all.memory_pss_kb!);
  expect(all.host_procs_running).toBeGreaterThan(0);
  expect(all.host_open_fds).toBeGreaterThan(0);
  expect(busyShare("cpu  10 0 20 60 10 0 0 0 5 0\ncpu0 1 2 3 4\n")).toBe(30);
  expect(busyShare("")).toBe(0);
  expect(usedMemory("MemTotal:  100 kB\nMemFree:  20 kB\nBuffers: 5 kB\nCached: 15 kB\n")).toBe(60);
});

const kept = { type: "gauge", of: "resource" } as const;
const some: readonly Metric[] = [
  { name: "memory_rss_kb", value: 1_100_000, unit: "kilobytes", ...kept },
  { name: "container_memory_used_bytes", value: 3_300_000, unit: "bytes", ...kept },
  { name: "cpu_usage_perc", value: 12.5, unit: "percent", ...kept },
];

test("as rules print them, memory is in MB", () => {
  expect(outputRule(some)).toEqual([
    { name: "memory_rss_mb", value: 1074.2, unit: "megabytes", ...kept },
    { name: "container_memory_used_mb", value: 3.1, unit: "megabytes", ...kept },
    some[2]!,
  ]);
});

test("Prometheus has bytes and ratios, of whatever unit they were in", () => {
  const lines = (all: readonly Metric[]) =>
    prometheus(all)
      .split("\n")
      .filter((line) => line && line[0] !== "#");
  expect(lines(some)).toEqual([
    "resource_memory_rss_bytes 1126400000",
    "resource_container_memory_used_bytes 3300000",
    "resource_cpu_usage_ratio 0.125",
  ]);
  expect(lines(outputRule(some))[0]).toBe(`resource_memory_rss_bytes ${1074.2 * 1024 ** 2}`);
});
