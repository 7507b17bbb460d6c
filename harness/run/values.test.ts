import { expect, test } from "bun:test";
import type { RunFacts } from "./facts.ts";
import { inetAddress, inetTuple, unixAddress } from "./sockets.ts";
import { dyn, type Expected, empty, fdlist, i64, strings, text, u8, u16, u32 } from "./values.ts";

const facts = {} as RunFacts;
const hex = (value: Expected) => Buffer.from(value.encode(facts)).toString("hex");

test("integers are little-endian and wrap to their width", () => {
  expect([u8(255), u16(0x1234), u32(-1), i64(-100)].map(hex)).toEqual([
    "ff",
    "3412",
    "ffffffff",
    "9cffffffffffffff",
  ]);
});

test("text carries its NUL, and an empty parameter is not an empty text", () => {
  expect([text("ab"), text(""), strings(["a", "b"]), strings([]), empty].map(hex)).toEqual([
    "616200",
    "00",
    "61006200",
    "",
    "",
  ]);
});

test("addresses are in network order, ports in host order", () => {
  expect(hex(inetAddress("127.0.0.1", 80))).toBe("027f0000015000");
  expect(hex(inetAddress("fe80::1:2", 1))).toBe("0afe8000000000000000000000000100020100");
  expect(hex(inetTuple("1.2.3.4", 5, "6.7.8.9", 10))).toBe("020102030405000607080" + "90a00");
  expect(hex(unixAddress("/s"))).toBe("012f7300");
});

test("composed values", () => {
  expect(hex(dyn(2, u32(1)))).toBe("0201000000");
  expect(hex(fdlist([[3, 1]]))).toBe("010003000000000000000100");
});
