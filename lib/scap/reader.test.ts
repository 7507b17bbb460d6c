import { expect, test } from "bun:test";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { buildEvent, readEvents, ScapError, ScapEvent, ScapReader, ScapWriter } from "./index.ts";

await ensure(libscapShared(arch));

const close = (ts: number) =>
  buildEvent({ ts: BigInt(ts), tid: 7n, type: 5, params: [new Uint8Array(8), new Uint8Array(8)] });

function capture(count: number): Uint8Array {
  using writer = ScapWriter.open();
  for (let ts = 1; ts <= count; ts++) writer.frame(close(ts));
  return writer.bytes();
}

function temporaryDirectory(): { path: string } & Disposable {
  const path = mkdtempSync(`${tmpdir()}/scap-reader-`);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}

/** The error that `work` throws. */
function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

test("a cut file gives the whole events, then an error with the offset", () => {
  const bytes = capture(10);
  using reader = ScapReader.open({ bytes: bytes.subarray(0, bytes.length - 5) });
  const seen: bigint[] = [];
  const error = thrown(() => {
    for (const event of reader) seen.push(event.ts);
  });
  expect(seen).toEqual([1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n]);
  expect(error).toMatchObject({
    code: "INPUT_TOO_SMALL",
    message: expect.stringContaining(`the file ends at byte ${bytes.length - 5}`),
  });
});

test.each([
  ["a missing file", { path: "/nonexistent/x.scap" }, "NOT_FOUND", "cannot open /nonexistent/x.scap"],
  ["text", { bytes: Buffer.from("no capture at all") }, "ILLEGAL_INPUT", "not a .scap file"],
  ["nothing", { bytes: new Uint8Array(0) }, "INPUT_TOO_SMALL", "it is empty"],
])("%s is refused", (_, source, code, message) => {
  const error = thrown(() => ScapReader.open(source));
  expect(error).toBeInstanceOf(ScapError);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});

test("a name with a NUL is refused before C cuts it", () => {
  expect(() => ScapReader.open({ path: "/etc/passwd\0.scap" })).toThrow(TypeError);
});

test("the source may be changed while it is read", () => {
  const bytes = capture(3);
  using reader = ScapReader.open({ bytes });
  bytes.fill(0xff);
  expect(Array.from(reader, (event) => event.ts)).toEqual([1n, 2n, 3n]);
});

test("iteration moves one view; copies stay", () => {
  const bytes = capture(3);
  using reader = ScapReader.open({ bytes });
  const views = [...reader];
  expect(new Set(views).size).toBe(1);
  expect(readEvents({ bytes }).map((event) => event.ts)).toEqual([1n, 2n, 3n]);
});

test("a batch can be walked twice", () => {
  using reader = ScapReader.open({ bytes: capture(3) });
  const batch = reader.next()!;
  const walk = () => Array.from(batch, (event) => event.ts);
  expect(batch.count).toBe(3);
  expect([walk(), walk()]).toEqual([
    [1n, 2n, 3n],
    [1n, 2n, 3n],
  ]);
});

test("from an open descriptor, which stays open", () => {
  using dir = temporaryDirectory();
  const path = `${dir.path}/events.scap`;
  writeFileSync(path, capture(3));
  const fd = openSync(path, "r");
  expect(readEvents({ fd }).map((event) => event.ts)).toEqual([1n, 2n, 3n]);
  expect(readSync(fd, new Uint8Array(1))).toBe(0); // at its end, not closed
  closeSync(fd);
  expect(() => ScapReader.open({ fd })).toThrow("Bad file descriptor");
});

test("a closed reader says so", () => {
  const reader = ScapReader.open({ bytes: capture(1) });
  reader.close();
  reader.close();
  expect(() => reader.next()).toThrow("the reader is closed");
});

test("a full disk is told, at the latest by close()", () => {
  const writer = ScapWriter.open({ path: "/dev/full" });
  writer.frame(close(1));
  expect(thrown(() => writer.close())).toMatchObject({
    code: "FAILURE",
    message: "cannot write to /dev/full: No space left on device",
  });
});

test("frames that contradict themselves are refused", () => {
  using writer = ScapWriter.open();
  const frame = close(1);
  expect(() => writer.frame(frame.subarray(0, 30))).toThrow("a frame of 30 bytes says that it has 46");
  expect(() => writer.frame(new Uint8Array(3))).toThrow(ScapError);
  frame[22] = 200; // nparams
  expect(() => writer.frame(frame)).toThrow("200 parameters do not fit");
  expect(() => ScapEvent.from(frame)).toThrow(ScapError);
});
