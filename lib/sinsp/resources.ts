/** What this process, its container and its machine use, as /proc and cgroups tell. */
import { readFileSync } from "node:fs";
import type { Metric } from "./metrics.ts";

/** "" if there is no such file: not every kernel, nor every container, has all of them. */
function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}

/** `Name:   123 kB` */
const field = (text: string, name: string) =>
  Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(text)?.[1] ?? 0);

/** What cannot be read is 0. CPU time is counted from the start of the process, and of the machine, as ps does. */
export function resources(): Metric[] {
  const status = read("/proc/self/status");
  const stat = read("/proc/stat");
  const rows: readonly (readonly [name: string, value: number, unit: Metric["unit"]])[] = [
    ["cpu_usage_perc", ownCpu(), "percent"],
    ["memory_rss_kb", field(status, "VmRSS"), "kilobytes"],
    ["memory_vsz_kb", field(status, "VmSize"), "kilobytes"],
    ["memory_pss_kb", field(read("/proc/self/smaps_rollup"), "Pss"), "kilobytes"],
    ["container_memory_used_bytes", cgroupMemory(read("/proc/self/cgroup")), "bytes"],
    ["host_cpu_usage_perc", busyShare(stat), "percent"],
    ["host_memory_used_kb", usedMemory(read("/proc/meminfo")), "kilobytes"],
    ["host_procs_running", Number(/^procs_running (\d+)/m.exec(stat)?.[1] ?? 0), "count"],
    ["host_open_fds", Number.parseInt(read("/proc/sys/fs/file-nr"), 10) || 0, "count"],
  ];
  return rows.map(([name, value, unit]) => ({ name, value, unit, type: "gauge", of: "resource" }));
}

function ownCpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e4 / process.uptime();
}

/** Of all CPUs, since boot. @param stat /proc/stat: user nice system idle iowait irq softirq steal (guests are in user) */
export function busyShare(stat: string): number {
  const ticks = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? "").split(" ").slice(0, 8).map(Number);
  const total = ticks.reduce((sum, one) => sum + one, 0);
  const [, , , idle = 0, iowait = 0] = ticks;
  return total > 0 ? (100 * (total - idle - iowait)) / total : 0;
}

/** kB, without what the kernel would give back at once. @param meminfo /proc/meminfo */
export function usedMemory(meminfo: string): number {
  const free = ["MemFree", "Buffers", "Cached"].reduce((sum, name) => sum + field(meminfo, name), 0);
  return Math.max(0, field(meminfo, "MemTotal") - free);
}

/** Bytes. @param cgroup /proc/self/cgroup: `0::PATH` in version 2, `N:memory:PATH` in version 1 */
function cgroupMemory(cgroup: string): number {
  const root = "/sys/fs/cgroup";
  const [, one] = /^\d+:(?:.*,)?memory(?:,.*)?:(.*)$/m.exec(cgroup) ?? [];
  const [, two = "/"] = /^0::(.*)$/m.exec(cgroup) ?? [];
  const file = one === undefined ? "memory.current" : "memory.usage_in_bytes";
  const [base, path] = one === undefined ? [root, two] : [`${root}/memory`, one];
  // In a container the path may be the host's, and what is mounted be the container's own group.
  return Number(read(`${base}${path}/${file}`) || read(`${base}/${file}`));
}
