/** The captures that benchmarks read, in `build/bench/`: about a million events each. */
import {
  closeSync,
  createReadStream,
  createWriteStream,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { oldEvents } from "./old-events.ts";

const recorded = "lib/scap/testdata/vm-http.scap.gz";
const copies = 64;

export const captures = {
  /** vm-http's 16 922 events 64 times, one after the other. */
  plain: buildPath("bench", "plain.scap"),
  /** A quarter of it: memory must not depend on the size. */
  short: buildPath("bench", "short.scap"),
  gzip: buildPath("bench", "gzip.scap.gz"),
  /** Enter and exit events of former drivers, in event blocks of format 1 and of format 2. */
  old1: buildPath("bench", "old1.scap"),
  old2: buildPath("bench", "old2.scap"),
} as const;

export const benchCaptures: Step = {
  name: "bench-captures",
  inputs: [recorded, "bench/scap/{files,old-events}.ts"],
  outputs: Object.values(captures),
  async run() {
    const { head, events } = split(Bun.gunzipSync(readFileSync(`${root}/${recorded}`)));
    repeat(captures.plain, head, events, copies);
    repeat(captures.short, head, events, copies / 4);
    await pipeline(createReadStream(captures.plain), createGzip(), createWriteStream(captures.gzip));
    for (const version of [1, 2] as const) {
      const old = oldEvents(version);
      repeat(captures[`old${version}`], old.head, old.events, 1000);
    }
  },
};

const eventBlocks = new Set([0x204, 0x208, 0x216, 0x217, 0x221, 0x222]);
const withFlags = new Set([0x208, 0x217, 0x222]);

/** Cut a capture in two: what stands before the first event, and the events. */
function split(bytes: Uint8Array): { head: Uint8Array; events: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (!eventBlocks.has(view.getUint32(at, true))) at += view.getUint32(at + 4, true);
  return { head: bytes.subarray(0, at), events: bytes.subarray(at) };
}

/** Where the time stamps of these event blocks are. */
function stampOffsets(view: DataView): number[] {
  const offsets: number[] = [];
  for (let at = 0; at < view.byteLength; at += view.getUint32(at + 4, true))
    offsets.push(at + 8 + 2 + (withFlags.has(view.getUint32(at, true)) ? 4 : 0));
  return offsets;
}

/** Write `events` again and again, each time later than before. */
function repeat(path: string, head: Uint8Array, events: Uint8Array, times: number): void {
  const copy = events.slice();
  const view = new DataView(copy.buffer);
  const offsets = stampOffsets(view);
  const stamps = offsets.map((at) => view.getBigUint64(at, true));
  const span = stamps.at(-1)! - stamps[0]! + 1_000_000n;
  rmSync(path, { force: true });
  const file = openSync(path, "w");
  writeSync(file, head);
  for (let i = 0; i < times; i++) {
    for (const [j, at] of offsets.entries()) view.setBigUint64(at, stamps[j]! + BigInt(i) * span, true);
    writeSync(file, copy);
  }
  closeSync(file);
}
