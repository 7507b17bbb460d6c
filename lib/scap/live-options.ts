/** `struct scap_live_options`, `scap_stats` and `scap_driver_info` of scap.h. */
import { CStruct, textIn } from "./c-struct.ts";

/** How `scap_set_dynamic_snaplen` keeps more than `snaplen` bytes: see scap.h. */
export interface DynamicSnaplen {
  /** Inclusive: 16000 bytes where one of these ports is used. None if absent. */
  readonly fullcapturePorts?: readonly [first: number, last: number];
  /** 2000 bytes of what goes there; 8125 if absent. */
  readonly statsdPort?: number;
}

export interface LiveOptions {
  /** "nodriver": no events, but scan() works, and without root. */
  readonly engine: "modern_bpf" | "kmod" | "nodriver";
  /** Bytes of one ring, a power of two; 8 MiB if absent. */
  readonly bufferBytes?: number;
  /** Instead of bufferBytes, as configurations of the existing tools have it: 1 (1 MiB) to 10 (512 MiB), 4 by default. */
  readonly bufferPreset?: number;
  /** modern_bpf: so many CPUs share a ring; 0: all share one. 1 if absent. */
  readonly cpusPerBuffer?: number;
  /** Bytes kept of a data buffer; 80 if absent. */
  readonly snaplen?: number;
  /** Keep more of the data of some protocols and ports. */
  readonly dynamicSnaplen?: DynamicSnaplen;
  /** Rings for online CPUs only. Others get or share one when they come. */
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

/** SCAP_STATSD_PORT. */
export const statsdPort = 8125;

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
  const out = new CStruct(96);
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
  out.u32(88, options.bufferPreset ?? 0);
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

/** What full rings lost, by kind of event; together `LiveStats.lostRing`. The kinds are those of drivers/schema/losses.yaml. */
export interface Losses {
  readonly cloneForkExit: bigint;
  readonly execveExit: bigint;
  readonly connectEnter: bigint;
  readonly connectExit: bigint;
  readonly openEnter: bigint;
  readonly openExit: bigint;
  readonly dirFileExit: bigint;
  readonly otherInterestExit: bigint;
  readonly closeExit: bigint;
  readonly procExit: bigint;
  readonly other: bigint;
}

export const lossesSize = 88;

export function lossesFrom(bytes: Uint8Array): Losses {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const u64 = (index: number) => view.getBigUint64(8 * index, true);
  return {
    cloneForkExit: u64(0),
    execveExit: u64(1),
    connectEnter: u64(2),
    connectExit: u64(3),
    openEnter: u64(4),
    openExit: u64(5),
    dirFileExit: u64(6),
    otherInterestExit: u64(7),
    closeExit: u64(8),
    procExit: u64(9),
    other: u64(10),
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
