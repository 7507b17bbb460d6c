import { expect, test } from "bun:test";
import { events } from "#schema/events";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { buildEvent, readEvents, ScapEvent } from "./index.ts";
import type { Int } from "./int.ts";
import { integerKinds, integerSizes, maxParams } from "./integers.ts";

await ensure(libscapShared(arch));

test("an integer is read as decode() reads it", () => {
  for (const { code, params } of events) {
    const bytes = params.map((_, index) => {
      const size = integerSizes[integerKinds[code * maxParams + index]!]!;
      return Uint8Array.from({ length: size }, (_, at) => 0xf0 + at);
    });
    const event = ScapEvent.from(buildEvent({ ts: 0n, tid: 1n, type: code, params: bytes }));
    for (const [index, { length }] of bytes.entries())
      if (length > 0)
        expect([code, index, event.int(index)]).toEqual([code, index, event.param(index) as Int]);
  }
});

test("empty and missing ones are 0; what is none is an error", () => {
  const [event] = readEvents({ path: `${import.meta.dir}/testdata/vm-http.scap.gz` });
  expect(event!.int(99)).toBe(0);
  const close = events.find(({ name, dir }) => name === "close" && dir === "exit")!;
  const of = (...params: Uint8Array[]) =>
    ScapEvent.from(buildEvent({ ts: 0n, tid: 1n, type: close.code, params }));
  expect(of(new Uint8Array(0)).int(0)).toBe(0);
  expect(() => of(new Uint8Array(3)).int(0)).toThrow('parameter "res": 3 bytes of type ERRNO are no integer');
});
