/** What /proc says about a task, read by the program itself. */
import { AT_FDCWD, O_DIRECTORY, O_RDONLY } from "../../../harness/program/constants.ts";
import type { BlockBuilder, Ref } from "../../../harness/program/index.ts";
import type { RunFacts } from "../../../harness/run/facts.ts";

/** The content of a file as it was at that point of the program. */
export type Content = (facts: RunFacts) => string;

/** Bytes as characters of the same number: names in /proc need not be UTF-8. */
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

export function readFile(p: BlockBuilder, dir: number | Ref, name: string, size = 4096): Content {
  const fd = p.openat(dir, name, O_RDONLY);
  const buffer = p.buffer(size);
  const length = p.read(fd, buffer, size);
  p.close(fd);
  return (facts) => text(facts.bytes(buffer.bytes(0, size)).subarray(0, Number(facts.value(length))));
}

export function readLink(p: BlockBuilder, dir: number | Ref, name: string): Content {
  const buffer = p.buffer(4096);
  const length = p.readlinkat(dir, name, buffer, 4096);
  return (facts) => text(facts.bytes(buffer.bytes()).subarray(0, Number(facts.value(length))));
}

/** A directory of /proc/…/task, of the thread that calls. It stays valid when the thread executes a program. */
export function ownDirectory(p: BlockBuilder) {
  return p.openat(AT_FDCWD, "/proc/thread-self", O_DIRECTORY);
}

/** What everybody may know about a task. @param dir as from ownDirectory() */
export function readTask(p: BlockBuilder, dir: number | Ref) {
  return {
    cmdline: readFile(p, dir, "cmdline"),
    comm: readFile(p, dir, "comm"),
    cwd: readLink(p, dir, "cwd"),
    stat: readFile(p, dir, "stat"),
    status: readFile(p, dir, "status"),
    limits: readFile(p, dir, "limits"),
    cgroup: readFile(p, dir, "cgroup"),
  };
}
export type TaskFiles = ReturnType<typeof readTask>;

/** What root and the task's owner may know about its program. @param dir as from ownDirectory() */
export function readImage(p: BlockBuilder, dir: number | Ref) {
  return {
    environ: readFile(p, dir, "environ"),
    loginuid: readFile(p, dir, "loginuid"),
    exe: readLink(p, dir, "exe"),
    exeStat: p.fstat(p.openat(dir, "exe", O_RDONLY)),
  };
}
export type ImageFiles = ReturnType<typeof readImage>;

/** The lines of /proc/…/status by name: `status("VmSize")(facts)` is ["2540", "kB"]. */
export function statusField({ status }: TaskFiles, name: string): (facts: RunFacts) => string[] {
  return (facts) => {
    const line = status(facts).match(new RegExp(`^${name}:\\s*(.*)$`, "m"));
    if (!line) throw new Error(`/proc/…/status has no ${name}`);
    return line[1]!.trim().split(/\s+/);
  };
}

/** Field `number` of /proc/…/stat, as proc_pid_stat(5) counts them, from 3. The comm before may hold anything. */
export function statField({ stat }: Pick<TaskFiles, "stat">, number: number): (facts: RunFacts) => bigint {
  return (facts) => {
    const content = stat(facts);
    const fields = content.slice(content.lastIndexOf(")") + 2).split(" ");
    return BigInt(fields[number - 3]!);
  };
}
