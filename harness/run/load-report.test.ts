/** The judge of load tests, on captures made by hand. */
import { expect, test } from "bun:test";
import { PPME } from "#schema/events";
import { buildEvent, ScapWriter } from "../../lib/scap/index.ts";
import { loadMagic } from "../agent/client.ts";
import { loadReports } from "./load.ts";

function payload(writer: number, sequence: number): Uint8Array {
  const data = new Uint8Array(20);
  const view = new DataView(data.buffer);
  view.setUint32(0, loadMagic, true);
  view.setUint32(4, writer, true);
  view.setBigUint64(8, BigInt(sequence), true);
  for (let i = 16; i < data.length; i++) data[i] = sequence + i;
  return data;
}

function report(
  payloads: readonly Uint8Array[],
  { sent = payloads.length, lostRing = 0, lostRecursion = 0, late = 0, times = [] as number[] } = {},
) {
  using writer = ScapWriter.open();
  for (const [i, data] of payloads.entries()) {
    const params = [new Uint8Array(8), data, new Uint8Array(8), new Uint8Array(4)];
    writer.frame(buildEvent({ ts: BigInt(times[i] ?? i), tid: 7n, type: PPME.SYSCALL_WRITE_X, params }));
  }
  const stats = { seen: 0, pushed: 0, lostRing, lostScratch: 0, lostRecursion, lostBug: 0, read: 0, late };
  const streams = [{ engine: "kmod", stats, scap: writer.bytes() }];
  return loadReports({ timedOut: false, ns: 0, mapUpdates: 0, sent: [sent], streams })[0]!;
}

test("a complete stream has no faults and misses nothing", () => {
  const all = report([payload(0, 0), payload(1, 0), payload(0, 1)]);
  expect(all).toMatchObject({ sent: 3, read: 3, lost: 0, missing: 0, faults: [] });
});

test("a gap is missing unless it was counted", () => {
  const gap = [payload(0, 0), payload(0, 2)];
  expect(report(gap, { sent: 3 })).toMatchObject({ read: 2, missing: 1, faults: [] });
  expect(report(gap, { sent: 3, lostRing: 1 })).toMatchObject({ lost: 1, missing: 0 });
  expect(report(gap, { sent: 3, lostRecursion: 5 })).toMatchObject({ missing: 1, skipped: 5 });
});

test("time may go back only as often as an event was counted as late", () => {
  const two = [payload(0, 0), payload(0, 1)];
  const times = [2, 1];
  expect(report(two, { times, late: 1 }).faults).toEqual([]);
  expect(report(two, { times }).faults).toEqual(["time goes back 1 times, 0 events were counted as late"]);
});

test("repeated, damaged and foreign payloads are faults", () => {
  expect(report([payload(0, 1), payload(0, 1)]).faults).toEqual(["event 2: writer 0 repeats 1, 2 was next"]);
  expect(report([payload(0, 0).with(18, 99)]).faults).toEqual(["event 1: writer 0, 0: byte 18 is damaged"]);
  expect(report([new Uint8Array(20)]).faults).toEqual(["event 1: no payload of a writer"]);
});
