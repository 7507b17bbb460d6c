/** Expected parameters of the events that describe a process, from what /proc says about it. */
import { AT_FDCWD } from "../../../harness/program/constants.ts";
import type { BlockBuilder } from "../../../harness/program/index.ts";
import type { RunFacts } from "../../../harness/run/facts.ts";
import {
  between,
  bytes,
  type Expected,
  i64,
  type Num,
  strings,
  text,
  u32,
  u64,
} from "../../../harness/run/values.ts";
import {
  type Content,
  type ImageFiles,
  readFile,
  readTask,
  statField,
  statusField,
  type TaskFiles,
} from "./proc.ts";

/** The ids of a task in the initial pid namespace, as fork's results tell them. */
export interface Who {
  readonly tid: Num;
  readonly pid: Num;
  /** The thread that is its parent. */
  readonly ptid: Num;
}

export interface Observed {
  readonly task: TaskFiles;
  /** Names of the cgroup v2 controllers; of those that account for the groups below the root. */
  readonly controllers: Content;
  readonly delegated: Content;
  /** /proc/cgroups: also names those that only v1 has. */
  readonly subsystems: Content;
}

/**
 * Everything about one task. Read while the task can do nothing else, which is true of a program that looks at itself.
 * @param p who looks
 * @param dir of whom: see ownDirectory()
 */
export function observe(p: BlockBuilder, dir: Parameters<typeof readTask>[1]): Observed {
  return {
    task: readTask(p, dir),
    controllers: readFile(p, AT_FDCWD, "/sys/fs/cgroup/cgroup.controllers"),
    delegated: readFile(p, AT_FDCWD, "/sys/fs/cgroup/cgroup.subtree_control"),
    subsystems: readFile(p, AT_FDCWD, "/proc/cgroups"),
  };
}

const faultReason = "page faults happen between a look at the counter and the event";
const rssReason =
  "resident memory changes between a look and the event, and the kernel adds up its parts late";
/** KiB: 3 counters, each up to 32 pages behind on one CPU (64 pages in all before 6.2), and a margin. */
const rssSlack = ({ pageSize }: RunFacts) => (128 * pageSize) / 1024;

const kib = (seen: Observed, name: string) => (facts: RunFacts) =>
  Number(statusField(seen.task, name)(facts)[0]);

function faults(field: number, seen: Observed, earlier?: Observed): Expected {
  return between(8, earlier ? statField(earlier.task, field) : 0, statField(seen.task, field), faultReason);
}

/** What is known about resident memory at the event: from a look before, or that a new task has some, or nothing. */
type Resident = Observed | "some" | "unknown";

function resident(seen: Observed, before: Resident): Expected {
  const low = (facts: RunFacts) =>
    typeof before === "object"
      ? Math.max(0, kib(before, "VmRSS")(facts) - rssSlack(facts))
      : before === "some"
        ? 4
        : 0;
  return between(4, low, (facts) => kib(seen, "VmRSS")(facts) + rssSlack(facts), rssReason);
}

/**
 * tid … cgroups: the same in all such events.
 * @param seen after the event
 * @param earlier before the event; without it the task was new
 * @param before of the memory that the event tells about
 */
export function commonParams(
  who: Who,
  seen: Observed,
  earlier?: Observed,
  before: Resident = earlier ?? "some",
): Record<string, Expected> {
  const { task } = seen;
  return {
    tid: i64(who.tid),
    pid: i64(who.pid),
    ptid: i64(who.ptid),
    cwd: text(task.cwd),
    fdlimit: u64((facts) => BigInt(task.limits(facts).match(/^Max open files\s+(\d+)/m)![1]!)),
    pgft_maj: faults(12, seen, earlier),
    pgft_min: faults(10, seen, earlier),
    vm_size: u32(kib(seen, "VmSize")),
    vm_rss: resident(seen, before),
    vm_swap: u32(kib(seen, "VmSwap")),
    comm: text((facts) => task.comm(facts).replace(/\n$/, "")),
    cgroups: strings((facts) => cgroups(seen, facts)),
  };
}

/** In the order of the event: each that the kernel has, with the group that accounts for the task. */
const controllers = ["cpuset", "cpu", "cpuacct", "io", "memory"];

function cgroups(seen: Observed, facts: RunFacts): string[] {
  const own = seen.task.cgroup(facts).match(/^0::(.*)$/m)![1]!;
  const delegated = seen.delegated(facts).split(/\s/);
  const known = new Set([
    ...seen.controllers(facts).split(/\s/),
    ...seen
      .subsystems(facts)
      .split("\n")
      .map((line) => line.split("\t")[0]!.replace("blkio", "io")),
  ]);
  return controllers
    .filter((name) => known.has(name))
    .map((name) => `${name}=${delegated.includes(name) ? own : "/"}`);
}

const words = (content: string) => content.split("\0").slice(0, -1);

/** exe and args: what the process was started with. */
export function imageParams({ task }: Observed): Record<string, Expected> {
  return {
    exe: text((facts) => words(task.cmdline(facts))[0]!),
    args: strings((facts) => words(task.cmdline(facts)).slice(1)),
  };
}

/** vtid and vpid: the innermost namespace's numbers. */
function last(seen: Observed, name: string): Num {
  return (facts) => BigInt(statusField(seen.task, name)(facts).at(-1)!);
}

/** Parameters of clone, clone3, fork and vfork, but res, flags and pidns_init_start_ts. */
export function cloneParams(who: Who, seen: Observed, earlier?: Observed): Record<string, Expected> {
  return {
    ...imageParams(seen),
    ...commonParams(who, seen, earlier),
    uid: u32((facts) => Number(statusField(seen.task, "Uid")(facts)[1])),
    gid: u32((facts) => Number(statusField(seen.task, "Gid")(facts)[1])),
    vtid: i64(last(seen, "NSpid")),
    vpid: i64(last(seen, "NStgid")),
  };
}

const tick = 10_000_000n;

/** When a task started, in ns of boot time. */
export function startTime(files: Pick<TaskFiles, "stat">): Expected {
  const low = (facts: RunFacts) => statField(files, 22)(facts) * tick;
  return between(8, low, (facts) => low(facts) + tick - 1n, "/proc tells start times in units of 10 ms");
}

/** What execve and execveat tell about the process, successful or not: tty … gid, but flags. */
export function execState(seen: Observed, image: ImageFiles): Record<string, Expected> {
  const { task } = seen;
  const status = (name: string, index: number) => (facts: RunFacts) =>
    statusField(task, name)(facts).at(index)!;
  const caps = (name: string) => u64((facts) => BigInt(`0x${status(name, 0)(facts)}`));
  const ns = (seconds: Num, nanoseconds: Num) =>
    u64((facts) => value(seconds, facts) * 1_000_000_000n + value(nanoseconds, facts));
  return {
    tty: u32(statField(task, 7)),
    vpgid: i64(last(seen, "NSpgid")),
    loginuid: u32((facts) => Number(image.loginuid(facts))),
    cap_inheritable: caps("CapInh"),
    cap_permitted: caps("CapPrm"),
    cap_effective: caps("CapEff"),
    exe_ino: u64(image.exeStat.ino),
    exe_ino_ctime: ns(image.exeStat.ctime, image.exeStat.ctime_nsec),
    exe_ino_mtime: ns(image.exeStat.mtime, image.exeStat.mtime_nsec),
    uid: u32((facts) => Number(status("Uid", 1)(facts))),
    trusted_exepath: text(image.exe),
    pgid: i64((facts) => BigInt(status("NSpgid", 0)(facts))),
    gid: u32((facts) => Number(status("Gid", 1)(facts))),
  };
}

function value(num: Num, facts: RunFacts): bigint {
  return typeof num === "object" ? facts.value(num) : BigInt(typeof num === "function" ? num(facts) : num);
}

/** The environment as the program got it. */
export function environment(image: ImageFiles): Expected {
  return bytes((facts) => Buffer.from(image.environ(facts), "latin1"));
}
