/** How many guests there is memory for. */
import { readFileSync } from "node:fs";
import { defaultMemory } from "../vm/index.ts";
import { parseTarget } from "./target.ts";

/** MiB besides the guest's RAM: QEMU with its translated code, and the test process. */
const overhead = 400;

/** MiB that a guest of this target may come to need. */
export function needOf(target: string): number {
  return (parseTarget(target).options?.memory ?? defaultMemory) + overhead;
}

/** MiB that processes may take now without swapping: four fifths of what the kernel says. */
export function availableMemory(meminfo: string = readFileSync("/proc/meminfo", "utf8")): number {
  const kibibytes = Number(/^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1] ?? Number.POSITIVE_INFINITY);
  return Math.floor((kibibytes / 1024) * 0.8);
}
