/** What requests and replies mean, as objects. */

import type { Resolve } from "../program/index.ts";
import { type Program, type RunFacts, resolver } from "../program/index.ts";
import type { Slot } from "../program/resolve.ts";
import { PayloadReader } from "./protocol.ts";

export interface Hello {
  readonly protocol: number;
  /** cgroup v2 is there, ia32 calls work, the kernel has BTF, the agent is pid 1. */
  readonly features: {
    readonly cgroup: boolean;
    readonly ia32: boolean;
    readonly btf: boolean;
    readonly init: boolean;
  };
  readonly pageSize: number;
  readonly cpus: number;
  /** Nanoseconds since the epoch. */
  readonly bootEpochNs: bigint;
  readonly agentVersion: string;
  readonly arch: string;
  readonly kernelRelease: string;
  /** A program for execve: exits with the number in argv[1]. */
  readonly helper: string;
}

export interface LoadOptions {
  readonly engine: "modern_bpf" | "kmod";
  /** Of one ring; 0 = libscap's default. */
  readonly bufferBytes?: number;
  /** Instead of bufferBytes: 1 (1 MiB) to 10 (512 MiB). */
  readonly bufferPreset?: number;
  readonly onlineCpusOnly?: boolean;
  /** CPUs that share a ring; 0 = one ring for all. Default 1. */
  readonly cpusPerBuffer?: number;
  readonly snaplen?: number;
  readonly attach?: "probe" | "raw_tp" | "tp" | "tp_btf";
  readonly debug?: boolean;
  readonly dropFailed?: boolean;
  /** Path of the .ko in the guest. */
  readonly modulePath?: string;
  /** Path in the guest of the layout of the kernel's structures, for a kernel without BTF of its own. */
  readonly btfPath?: string;
}

export interface DriverInfo {
  readonly engine: string;
  readonly attach: string;
  readonly sha256: string;
  readonly rings: number;
  readonly ringBytes: number;
  readonly apiVersion: bigint;
  readonly schemaVersion: bigint;
  readonly verifiedInsns: number;
  readonly loadNs: number;
  /** Where modern_bpf took the layout of kernel structures from; kmod: "". */
  readonly btf: string;
}

/** A driver that cannot be loaded is an answer: `text` begins with a cause word and a colon. */
export type LoadReply =
  | { readonly ok: true; readonly handle: number; readonly info: DriverInfo }
  | { readonly ok: false; readonly status: number; readonly text: string };

/** The counters of scap.h. */
export interface Stats {
  readonly seen: number;
  readonly pushed: number;
  readonly lostRing: number;
  readonly lostScratch: number;
  readonly lostRecursion: number;
  readonly lostBug: number;
  readonly read: number;
  /** Of these, events that came after one with a higher time stamp: the driver was slower than the merge waits. */
  readonly late: number;
}

export interface DriverStream {
  readonly engine: string;
  readonly stats: Stats;
  /** A .scap capture. */
  readonly scap: Uint8Array;
}

export interface RunReply extends RunFacts {
  /** How the main process ended. */
  readonly end: { readonly exit: number } | { readonly signal: number };
  readonly timedOut: boolean;
  /** Processes that SIGKILL did not end: the guest is no longer usable. */
  readonly survivors: boolean;
  readonly ns: number;
  /** The first call with an unexpected result, by slot. */
  readonly mismatch: { readonly slot: number; readonly result: bigint } | null;
  /** One per loaded driver, in the order of their handles. */
  readonly streams: readonly DriverStream[];
  readonly resolve: Resolve;
}

export interface LoadTestReply {
  readonly timedOut: boolean;
  readonly ns: number;
  /** By the map hammer. */
  readonly mapUpdates: number;
  /** Writes that succeeded, counted by each writer itself. */
  readonly sent: readonly number[];
  readonly streams: readonly DriverStream[];
}

export function decodeHello(payload: Uint8Array): Hello {
  const r = new PayloadReader(payload);
  const protocol = r.u32();
  const bits = r.u32();
  const hello = {
    protocol,
    features: {
      cgroup: (bits & 1) !== 0,
      ia32: (bits & 2) !== 0,
      btf: (bits & 4) !== 0,
      init: (bits & 8) !== 0,
    },
    pageSize: r.u32(),
    cpus: r.u32(),
    bootEpochNs: r.u64(),
    agentVersion: r.string(),
    arch: r.string(),
    kernelRelease: r.string(),
    helper: r.string(),
  };
  r.end();
  return hello;
}

export function decodeLoad(payload: Uint8Array): LoadReply {
  const r = new PayloadReader(payload);
  const status = r.i32();
  if (status !== 0) return { ok: false, status, text: r.string() };
  const handle = r.u32();
  const info = {
    engine: r.string(),
    attach: r.string(),
    sha256: r.string(),
    rings: r.u32(),
    ringBytes: Number(r.u64()),
    apiVersion: r.u64(),
    schemaVersion: r.u64(),
    verifiedInsns: Number(r.u64()),
    loadNs: Number(r.u64()),
    btf: r.string(),
  };
  r.end();
  return { ok: true, handle, info };
}

export function readStats(r: PayloadReader): Stats {
  const next = () => Number(r.u64());
  return {
    seen: next(),
    pushed: next(),
    lostRing: next(),
    lostScratch: next(),
    lostRecursion: next(),
    lostBug: next(),
    read: next(),
    late: next(),
  };
}

export function decodeMetrics(payload: Uint8Array): Map<string, number> {
  const r = new PayloadReader(payload);
  const metrics = Array.from({ length: r.u32() }, () => [r.string(), Number(r.u64())] as const);
  r.end();
  return new Map(metrics);
}

export function decodeRun(payload: Uint8Array, program: Program, pageSize: number): RunReply {
  const r = new PayloadReader(payload);
  const status = r.u32();
  const flags = r.u32();
  const ns = Number(r.u64());
  const mismatchSlot = r.u32();
  const result = r.i64();
  const slots = Array.from({ length: r.u32() }, () => readSlot(r));
  const facts = { pageSize, slots, memory: r.sized() };
  const streams = readStreams(r);
  r.end();
  return {
    ...facts,
    end: endOf(status),
    timedOut: (flags & 1) !== 0,
    survivors: (flags & 2) !== 0,
    ns,
    mismatch: mismatchSlot === 0 ? null : { slot: mismatchSlot, result },
    streams,
    resolve: resolver(program, facts),
  };
}

export function decodeLoadTest(payload: Uint8Array): LoadTestReply {
  const r = new PayloadReader(payload);
  const timedOut = r.u32() !== 0;
  const ns = Number(r.u64());
  const mapUpdates = Number(r.u64());
  const sent = Array.from({ length: r.u32() }, () => Number(r.u64()));
  const streams = readStreams(r);
  r.end();
  return { timedOut, ns, mapUpdates, sent, streams };
}

function readStreams(r: PayloadReader): DriverStream[] {
  return Array.from({ length: r.u32() }, () => ({
    engine: r.string(),
    stats: readStats(r),
    scap: r.sized(),
  }));
}

const slotStates = ["not-run", "running", "done"] as const;

function readSlot(r: PayloadReader): Slot {
  const state = slotStates[r.u32()];
  if (!state) throw new RangeError("unknown slot state");
  return { state, value: r.i64() };
}

/** A wait status: signal in the low seven bits, exit status in the second byte. */
function endOf(status: number): RunReply["end"] {
  const signal = status & 0x7f;
  return signal === 0 ? { exit: (status >> 8) & 0xff } : { signal };
}
