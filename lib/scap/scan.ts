/** `struct scap_scan_options` and `scap_scan_info` of scap.h. */
import { CStruct } from "./c-struct.ts";

export interface ScanOptions {
  /** Open files; true if absent. */
  readonly fds?: boolean;
  /** Threads other than the one that a process is named after; true if absent. */
  readonly threads?: boolean;
  /** Users, groups and interfaces; true if absent. */
  readonly machine?: boolean;
  /** Where this machine's proc and etc are; "/" if absent. */
  readonly root?: string;
  /** For the whole scan; what was found until then stays. 30 s if absent. */
  readonly timeoutMs?: number;
  /** Only this process. */
  readonly pid?: number;
  /**
   * Where threads and fds come from: the kernel's BPF iterators, /proc, or iterators if they can be asked and are worth their
   * loading ("auto", if absent).
   */
  readonly source?: "auto" | "proc" | "iterators";
}

const sources = ["auto", "proc", "iterators"] as const;

export interface ScanInfo {
  readonly ms: number;
  readonly processes: number;
  readonly threads: number;
  readonly fds: number;
  /** Processes, threads and fds that ended while they were looked at. */
  readonly vanished: number;
  /** Processes that did not let us see their files. */
  readonly unreadable: number;
  /** Sockets that nothing tells about: their fds are `unsupported`. */
  readonly unresolvedSockets: number;
  /** The time was over. */
  readonly truncated: boolean;
  /** Which of the two was used. */
  readonly source: "proc" | "iterators";
  /** Why it was not iterators though they might have been: "permission: …", "few: …"; "" if they were, or were not wanted. */
  readonly reason: string;
}

export function scanOptions({ fds = true, threads = true, machine = true, ...more }: ScanOptions): CStruct {
  const options = new CStruct(40);
  options.u32(4, (fds ? 0 : 1) | (threads ? 0 : 2) | (machine ? 0 : 4));
  options.text(8, more.root);
  options.u64(16, Math.round((more.timeoutMs ?? 0) * 1e6));
  options.u64(24, more.pid ?? 0);
  options.u32(32, sources.indexOf(more.source ?? "auto"));
  return options;
}

export const scanInfoSize = 40;

export function scanInfoFrom(bytes: Uint8Array, reason: string): ScanInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const u32 = (index: number) => view.getUint32(8 + 4 * index, true);
  return {
    ms: Number(view.getBigUint64(0, true)) / 1e6,
    processes: u32(0),
    threads: u32(1),
    fds: u32(2),
    vanished: u32(3),
    unreadable: u32(4),
    unresolvedSockets: u32(5),
    truncated: u32(6) !== 0,
    source: u32(7) === 2 ? "iterators" : "proc",
    reason,
  };
}
