import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { buildEvent, localMachineInfo, readEvents, ScapReader, ScapWriter } from "./index.ts";
import { eventParts, filing } from "./testdata/arbitrary.ts";

await ensure(libscapShared(arch));

test("frames come back byte for byte, with CPU and flags", () => {
  const filed = fc.array(fc.tuple(eventParts, filing), { maxLength: 30 });
  fc.assert(
    fc.property(filed, fc.boolean(), (list, gzip) => {
      using writer = ScapWriter.open({ gzip });
      for (const [parts, where] of list) writer.frame(buildEvent(parts), where);
      const got = readEvents({ bytes: writer.bytes() }, { raw: true });
      expect(got.map((event) => [event.frame, { cpu: event.cpu, flags: event.flags }])).toEqual(
        list.map(([parts, where]) => [buildEvent(parts), where]),
      );
    }),
  );
});

test("a view shows the parts that a frame was built from", () => {
  fc.assert(
    fc.property(eventParts, (parts) => {
      using writer = ScapWriter.open();
      writer.frame(buildEvent(parts));
      const [event] = readEvents({ bytes: writer.bytes() }, { raw: true });
      expect({
        ts: event!.ts,
        tid: event!.tid,
        type: event!.type,
        params: parts.params.map((_, i) => event!.raw(i)),
      }).toEqual({ ...parts, params: [...parts.params] });
      expect(event!.nparams).toBe(parts.params.length);
    }),
  );
});

test("machine info comes back, from a file", () => {
  const dir = mkdtempSync(join(tmpdir(), "scap-"));
  try {
    const path = join(dir, "x.scap");
    const machine = localMachineInfo();
    const writer = ScapWriter.open({ path, gzip: true });
    writer.machineInfo(machine);
    writer.close();
    using reader = ScapReader.open({ path });
    expect(reader.machineInfo()).toEqual(machine);
    expect(reader.next()).toBeNull();
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test("a batch goes to a writer in one call", () => {
  const frames = Array.from({ length: 5000 }, (_, i) =>
    buildEvent({ ts: BigInt(i), tid: 1n, type: 5, params: [new Uint8Array(i % 500)] }),
  );
  using first = ScapWriter.open();
  for (const frame of frames) first.frame(frame);
  const bytes = first.bytes();
  using second = ScapWriter.open();
  using reader = ScapReader.open({ bytes }, { raw: true });
  let batches = 0;
  for (const batch of reader.batches()) {
    second.batch(batch);
    batches++;
  }
  expect(batches).toBeGreaterThan(1); // more than one arena full, or this test shows nothing
  expect(second.bytes()).toEqual(bytes);
});

test("an event larger than the arena makes the arena grow", () => {
  using writer = ScapWriter.open();
  const frame = buildEvent({
    ts: 1n,
    tid: 1n,
    type: 322,
    params: [new Uint8Array(4), new Uint8Array(5e6).fill(7)],
  });
  writer.frame(frame);
  const [event] = readEvents({ bytes: writer.bytes() }, { raw: true });
  expect(Buffer.compare(event!.frame, frame)).toBe(0);
});
