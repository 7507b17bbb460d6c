import { expect, test } from "bun:test";
import { PPME, type PpmeName } from "#schema/events";
import type { ParamType } from "#schema/types";
import { decode } from "./decode.ts";
import { buildEvent, ScapError, ScapEvent, type Value } from "./index.ts";

/** Bytes of hex digits; spaces are for the reader. */
const hex = (digits: string) => Uint8Array.from(Buffer.from(digits.replaceAll(" ", ""), "hex"));

function decoded(type: ParamType, digits: string, variants?: string): Value {
  const bytes = hex(`ff ${digits} ff`); // not at the beginning, and not at the end, of its memory
  const view = new DataView(bytes.buffer);
  return decode({ name: "p", type, ...(variants ? { variants } : {}) }, view, 1, bytes.length - 2);
}

const cases: [ParamType, string, Value][] = [
  ["INT8", "ff", -1],
  ["INT16", "feff", -2],
  ["INT32", "fdffffff", -3],
  ["FD32", "ffffffff", -1],
  ["INT64", "fcffffffffffffff", -4],
  ["ERRNO", "feffffffffffffff", -2],
  ["FD", "9cffffffffffffff", -100],
  ["PID", "d204000000000000", 1234],
  ["INT64", "ffffffffffff1f00", 2 ** 53 - 1],
  ["INT64", "0000000000002000", 2n ** 53n],
  ["INT64", "0000000000000080", -(2n ** 63n)],
  ["UINT64", "ffffffffffff1f00", 2 ** 53 - 1],
  ["UINT64", "ffffffffffffffff", 2n ** 64n - 1n],
  ["RELTIME", "00ca9a3b00000000", 1_000_000_000],
  ["ABSTIME", "0b4fbcd493caea18", 1795470137738678027n],
  ["UINT8", "fe", 254],
  ["UINT16", "fffe", 0xfeff],
  ["UINT32", "fffffffe", 0xfeffffff],
  ["UID", "ffffffff", 4294967295],
  ["FLAGS32", "00000080", 2 ** 31],
  ["MODE", "b4010000", 0o664],
  ["BOOL", "01000000", true],
  ["DOUBLE", "000000000000f83f", 1.5],
  ["CHARBUF", "612f6200", "a/b"],
  ["CHARBUF", "00", ""],
  ["FSPATH", "c3a900", "é"],
  ["FSRELPATH", "61ff00", "a\ufffd"],
  ["CHARBUF", "efbbbf6100", "\ufeffa"],
  ["CHARBUFARRAY", "610062630000", ["a", "bc", ""]],
  ["CHARBUFARRAY", "6100626300", ["a", "bc"]],
  ["BYTEBUF", "00ff", hex("00ff")],
  ["IPV4ADDR", "7f000001", "127.0.0.1"],
  ["SOCKADDR", "02 7f000001 901f", { family: "inet", address: "127.0.0.1", port: 8080 }],
  [
    "SOCKADDR",
    "0a 20010db8000000000000000000000001 3500",
    { family: "inet6", address: "2001:db8::1", port: 53 },
  ],
  ["SOCKADDR", "01 2f746d702f7300", { family: "unix", path: "/tmp/s" }],
  ["SOCKADDR", "11 0102", { family: 17, data: hex("0102") }],
  [
    "SOCKTUPLE",
    "02 0a000001 0100 0a000002 5000",
    { family: "inet", source: { address: "10.0.0.1", port: 1 }, dest: { address: "10.0.0.2", port: 80 } },
  ],
  [
    "SOCKTUPLE",
    `0a ${"00".repeat(15)}01 0200 ${"00".repeat(16)} 0300`,
    { family: "inet6", source: { address: "::1", port: 2 }, dest: { address: "::", port: 3 } },
  ],
  [
    "SOCKTUPLE",
    "01 0010000000000000 00000000008888ff 7300",
    { family: "unix", source: 4096, dest: 0xff88880000000000n, path: "s" },
  ],
  ["FDLIST", "0000", []],
  [
    "FDLIST",
    "0200 0300000000000000 0100 ffffffffffffffff 0400",
    [
      { fd: 3, events: 1 },
      { fd: -1, events: 4 },
    ],
  ],
];

test.each(cases)("%s %s", (type, digits, value) => {
  expect(decoded(type, digits)).toEqual(value);
});

test.each([
  ["UINT32", "00 00 00"],
  ["INT64", "00"],
  ["SOCKADDR", "02 7f0000"],
  ["SOCKTUPLE", "0a 00"],
  ["SOCKTUPLE", "01 00"],
  ["FDLIST", "0100 00"],
  ["FDLIST", "00"],
] as [ParamType, string][])("%s cannot be %s", (type, digits) => {
  expect(() => decoded(type, digits)).toThrow(ScapError);
});

test("a parameter of length 0 is null, whatever its type", () => {
  expect((["UINT64", "CHARBUF", "DYN", "FDLIST"] as const).map((type) => decoded(type, ""))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("dynamic parameters carry their variant", () => {
  expect(decoded("DYN", "02 05000000", "sockopt")).toEqual({ tag: 2, type: "UINT32", value: 5 });
  expect(decoded("DYN", "01 fbffffffffffffff", "sockopt")).toEqual({ tag: 1, type: "ERRNO", value: -5 });
  expect(() => decoded("DYN", "63 00", "sockopt")).toThrow("tag 99");
});

const u64 = (value: bigint) => new Uint8Array(BigUint64Array.of(value).buffer);

function event(type: PpmeName, ...params: Uint8Array[]): ScapEvent {
  return ScapEvent.from(buildEvent({ ts: 5n, tid: 2n ** 64n - 1n, type: PPME[type], params }), { cpu: 3 });
}

test("parameters by index and by name", () => {
  const close = event("SYSCALL_CLOSE_X", u64(2n ** 64n - 9n), u64(4n));
  expect(close.values()).toEqual({ res: -9, fd: 4 });
  expect([close.param(1), close.get("res"), close.name, close.cpu, close.tidNumber]).toEqual([
    4,
    -9,
    "close",
    3,
    -1,
  ]);
});

test("a parameter that is not there", () => {
  const close = event("SYSCALL_CLOSE_X", u64(0n));
  expect(close.get("fd")).toBeUndefined(); // recorded by an older driver
  expect(() => close.raw(1)).toThrow("event close has 1 parameters; there is no number 1");
  expect(() => close.get("name")).toThrow('event close has no parameter "name" (it has: res, fd)');
});

test("one parameter more than the schema knows is given as bytes", () => {
  const close = event("SYSCALL_CLOSE_X", u64(0n), u64(1n), hex("0102"));
  expect(close.param(2)).toEqual(hex("0102"));
  expect(close.values()).toEqual({ res: 0, fd: 1 });
});
