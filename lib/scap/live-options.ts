/** `struct scap_live_options`, `scap_stats` and `scap_driver_info` of scap.h. */
import { CStruct, textIn } from "./c-struct.ts";

export interface LiveOptions {
  /** "nodriver": no events, but scan() works, and without root. */
  readonly engine: "modern_bpf" | "kmod" | "nodriver";
  /** Bytes of one ring, a power of two; 8 MiB if absent. */
  readonly bufferBytes?: number;
  /** modern_bpf: so many CPUs share a ring; 0: all share one. 1 if absent. */
  readonly cpusPerBuffer?: number;
  /** Bytes kept of a data buffer; 80 if absent. */
  readonly snaplen?: number;
  /** Rings for online CPUs only. */
  readonly onlineCpusOnly?: boolean;
  /** No exit events of calls that failed. */
  readonly dropFailed?: boolean;
  /** The debug build of the driver. */
  readonly debug?: boolean;
  /** PPM_SC codes to capture; all if absent. */
  readonly interest?: Iterable<number>;
  /** Only tasks in this cgroup v2: the inode number of its directory. */
  readonly scopeCgroup?: number | bigint;
  /** kmod: the module to insert if it is not loaded yet. */
  readonly modulePath?: string;
  /** modern_bpf: how it attaches to system calls; chosen by probing if absent. */
  readonly attach?: "raw_tp" | "tp" | "tp_btf";
  /** modern_bpf: a file with the layout of the kernel's structures, for a kernel that does not carry its own. */
  readonly btfPath?: string;
}

const interestBytes = 64;
const attachNumbers = { raw_tp: 1, tp: 2, tp_btf: 3 } as const;

/** A bit for each code. @throws {RangeError} for a code that does not fit */
export function interestBits(codes: Iterable<number>): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(new ArrayBuffer(interestBytes));
  for (const code of codes) {
    if (!Number.isInteger(code) || code < 0 || code >= 8 * interestBytes)
      throw new RangeError(`${code} is no PPM_SC code`);
    bits[code >> 3]! |= 1 << (code & 7);
  }
  return bits;
}

export function liveOptions(options: LiveOptions): CStruct {
  const out = new CStruct(88);
  out.u32(4, (options.onlineCpusOnly ? 1 : 0) | (options.dropFailed ? 2 : 0) | (options.debug ? 4 : 0));
  out.text(8, options.engine);
  out.u64(16, options.bufferBytes ?? 0);
  out.u32(24, options.cpusPerBuffer ?? 1);
  out.u32(28, options.snaplen ?? 0);
  out.u64(32, options.scopeCgroup ?? 0);
  out.lend(40, options.interest && interestBits(options.interest));
  out.text(64, options.modulePath);
  out.u32(72, options.attach ? attachNumbers[options.attach] : 0);
  out.text(80, options.btfPath);
  return out;
}

/** Counted by the driver and the kernel, never by subtraction; see `struct scap_stats`. */
export interface LiveStats {
  /** Events that the driver began to record: pushed, or lost to a full ring, for their size, or by a defect. */
  readonly seen: bigint;
  readonly pushed: bigint;
  readonly lostRing: bigint;
  readonly lostScratch: bigint;
  /** Hook runs that the kernel skipped; not part of `seen`. */
  readonly lostRecursion: bigint;
  readonly lostBug: bigint;
  /** Events that next() returned. */
  readonly read: bigint;
  /** Of these, after one with a later time. */
  readonly late: bigint;
}

export const statsSize = 64;

export function statsFrom(bytes: Uint8Array): LiveStats {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const u64 = (index: number) => view.getBigUint64(8 * index, true);
  return {
    seen: u64(0),
    pushed: u64(1),
    lostRing: u64(2),
    lostScratch: u64(3),
    lostRecursion: u64(4),
    lostBug: u64(5),
    read: u64(6),
    late: u64(7),
  };
}

export interface DriverInfo {
  readonly engine: string;
  /** How it is attached: "raw_tp", "tp", "tp_btf", "module". */
  readonly attach: string;
  /** Of the BPF object or module file. */
  readonly sha256: string;
  readonly rings: number;
  readonly ringBytes: number;
  readonly apiVersion: string;
  readonly schemaVersion: string;
  readonly loadMs: number;
}

export const driverInfoSize = 168;

/** major<<44 | minor<<24 | patch */
function versionText(packed: bigint): string {
  return [packed >> 44n, (packed >> 24n) & 0xfffffn, packed & 0xffffffn].join(".");
}

export function driverInfoFrom(bytes: Uint8Array): DriverInfo {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    engine: textIn(bytes, 0, 16),
    attach: textIn(bytes, 16, 16),
    sha256: textIn(bytes, 32, 65),
    rings: view.getUint32(100, true),
    ringBytes: Number(view.getBigUint64(112, true)),
    apiVersion: versionText(view.getBigUint64(120, true)),
    schemaVersion: versionText(view.getBigUint64(128, true)),
    loadMs: Number(view.getBigUint64(144, true)) / 1e6,
  };
}
