import { expect, test } from "bun:test";
import { events, PPME } from "#schema/events";
import { typeSize } from "#schema/types";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "./ffi.ts";
import { buildEvent, ScapEvent } from "./index.ts";
import { record } from "./layout.ts";
import { ScapReader } from "./reader.ts";

await ensure(libscapShared(arch));

const path = `${import.meta.dir}/testdata/vm-http.scap.gz`;
const types = new Set([
  "INT64",
  "UINT64",
  "FD",
  "PID",
  "ERRNO",
  "INT32",
  "UINT32",
  "FLAGS32",
  "UINT16",
  "UINT8",
  "MODE",
]);

test("int() and number() are what param() says, for every integer of a capture", () => {
  using reader = ScapReader.open({ path });
  const wrong: string[] = [];
  let seen = 0;
  for (const event of reader)
    for (const [i, { type, name }] of event.info.params.entries()) {
      if (!types.has(type) || !event.has(i)) continue;
      seen++;
      const value = event.param(i) as number | bigint;
      if (event.int(i) !== value || event.number(i) !== Number(value)) wrong.push(`${event.name}.${name}`);
    }
  expect(seen).toBeGreaterThan(50_000);
  expect(wrong).toEqual([]);
});

test("a record tells how many of the first parameters have the sizes of their types", () => {
  using reader = ScapReader.open({ path });
  const seen = new Set<number>();
  for (const event of reader) {
    const { params } = event.info;
    const differs = params.findIndex(
      ({ type }, i) => !typeSize[type] || event.raw(i).length !== typeSize[type],
    );
    const told = new DataView(event.record.slice().buffer).getUint16(record.fixed, true);
    seen.add(told);
    if (told !== (differs < 0 ? params.length : differs)) throw new Error(`${event.name}: ${told}`);
  }
  expect([1, 3, 6].filter((count) => !seen.has(count))).toEqual([]);
});

const event = (type: number, ...params: Uint8Array[]) =>
  ScapEvent.from(buildEvent({ ts: 1n, tid: 1n, type, params }));
const u64 = (value: bigint) => new Uint8Array(BigInt64Array.of(value).buffer);
const indexOf = (type: number, name: string) =>
  events[type]!.params.findIndex((param) => param.name === name);

test("large, negative, empty, missing and wrong numbers", () => {
  const { SYSCALL_CLOSE_X, PAGE_FAULT_E } = PPME;
  const close = event(SYSCALL_CLOSE_X, u64(-9n), new Uint8Array(0));
  const fault = event(PAGE_FAULT_E, u64(-1n), u64(2n ** 60n), new Uint8Array(4));
  expect([close.number(0), close.number(1), close.number(2)]).toEqual([-9, 0, 0]);
  expect([fault.number(0), fault.number(1)]).toEqual([2 ** 64, 2 ** 60]);
  expect(fault.int(0)).toBe(2n ** 64n - 1n);
  expect(() => event(SYSCALL_CLOSE_X, Uint8Array.of(1, 2, 3)).number(0)).toThrow("are no integer");
  expect(() => event(PPME.SYSCALL_OPENAT_2_X, u64(1n), u64(2n), Buffer.from("x\0")).number(2)).toThrow(
    "are no integer",
  );
});

test("of an event with wide lengths", () => {
  const type = PPME.PLUGINEVENT_E;
  const plugin = event(type, Uint8Array.of(7, 0, 0, 0), Uint8Array.of(1));
  expect(plugin.number(indexOf(type, "plugin_id"))).toBe(7);
});

test("parameters of an event with more of them than any that this schema has", () => {
  const params = Array.from({ length: 40 }, (_, i) => new Uint8Array(i).fill(i));
  const large = event(PPME.SYSCALL_CLOSE_X, ...params);
  expect(params.map((_, i) => large.raw(i))).toEqual(params);
  expect(large.raw(33)).toEqual(params[33]!); // also without those before it
});
