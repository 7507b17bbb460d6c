import { expect, test } from "bun:test";
import { PPME } from "#schema/events";
import type { FieldValue } from "../fields/source.ts";
import { FilterError } from "../filter/index.ts";
import { model } from "../filter/testdata/model.ts";
import { compileFormat, jsonString, jsonValue } from "./index.ts";

const event = (values: Record<string, FieldValue>) => ({ code: PPME.SYSCALL_OPENAT_2_X, values });
const line = (format: string, values: Record<string, FieldValue>) =>
  compileFormat(model, format)(event(values));

test.each([
  ["%evt.num x", { "evt.num": 18446744073709551615n }, "18446744073709551615 x"],
  ["*%proc.name|", {}, "<NA>|"],
  ["%proc.name|", {}, null],
  ["%5proc.name|", { "proc.name": "ab" }, "ab   |"],
  ["%-5proc.name|", { "proc.name": "abcdefg" }, "abcde|"],
  ["%2proc.name|", { "proc.name": "\u{1F600}\u{1F600}\u{1F600}" }, "\u{1F600}\u{1F600}|"],
  ["%proc.namex%%", { "proc.name": "a" }, "ax%"],
  ["%proc.aname[2].", { "proc.aname[2]": "a" }, "a."],
  ["%proc.name[2]", { "proc.name": "a" }, "a[2]"],
  ["%evt.arg.name.x", { "evt.arg.name": "a" }, "a.x"],
  ["%evt.args %evt.type", { "evt.args": "a" }, "a openat"],
  ["%evt.abspath.src %evt.abspath.x", { "evt.abspath.src": "s", "evt.abspath": "p" }, "s p.x"],
  ["%4toupper(proc.name)|", { "proc.name": "a" }, "A   |"],
  ["%evt.rawtime.ns", { "evt.rawtime.ns": 5 }, "000000005"],
  ["%fd.dev %fd.dev", { "fd.dev": -1 }, "FFFFFFFF FFFFFFFF"],
  ["%proc.fdusage", { "proc.fdusage": 0.25 }, "0.3"],
  ["%fd.types %evt.is_io", { "fd.types": ["a", "b"] }, "(a,b) false"],
  ["%fd.types", { "fd.types": [] }, "()"],
  ["%proc.name", { "proc.name": "a\n\x1b[31m\u009b" }, "a\\n\\x1b[31m\\x9b"],
  ["%fd.name", { "fd.name": "/x\\x2d" }, "/x\\x2d"],
] as [string, Record<string, FieldValue>, string | null][])("%j of %p is %j", (format, values, text) => {
  expect(line(format, values)).toBe(text);
});

test("a list is cut at 1023 bytes, between characters", () => {
  const text = line("%fd.types", { "fd.types": ["é".repeat(600)] })!;
  expect(Buffer.byteLength(text)).toBe(1023);
  expect(text).not.toContain("\u{FFFD}");
});

test.each([
  ["x %", "DANGLING_PERCENT", 2],
  ["%12", "DANGLING_WIDTH", 0],
  ["% evt.num", "DANGLING_PERCENT", 0],
  ["%proc.nmae", "UNKNOWN_FIELD", 1],
  ["%evt.arg", "ARGUMENT_REQUIRED", 1],
  ["%evt.arg.nosuch", "BAD_ARGUMENT", 1],
  ["%proc.aname[2", "EXPECTED_CLOSE", 13],
  ["%fd.ip", "FILTER_ONLY", 1],
  ["%tolower(proc.pid)", "TRANSFORMER_ARGUMENTS", 1],
  ["%99999999proc.name", "NUMBER_OUT_OF_RANGE", 0],
] as const)("%p: %s at %d", (format, code, offset) => {
  let error: unknown;
  try {
    compileFormat(model, format);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(FilterError);
  const { code: got, offset: at } = error as FilterError;
  expect({ code: got, offset: at }).toEqual({ code, offset });
});

test("JSON: types as they are, exact integers, times as nanoseconds, null for what is absent", () => {
  const format = compileFormat(
    model,
    "*%evt.num %evt.time %fd.dev %evt.is_io %fd.types %proc.name %tolower(proc.exe)",
  );
  const one = event({
    "evt.num": 18446744073709551615n,
    "evt.time": "01:02:03.000000004",
    "evt.rawtime": 1534527342999999999n,
    "fd.dev": 20,
    "fd.types": ["file"],
    "proc.exe": "A",
  });
  const plain =
    '{"evt.num":18446744073709551615,"evt.time":1534527342999999999,"fd.dev":"14","evt.is_io":false,"fd.types":["file"],"proc.name":null';
  expect(format.json(one)).toBe(`${plain}}`);
  expect(format.json(one, { transformed: true })).toBe(`${plain},"tolower(proc.exe)":"a"}`);
  expect(compileFormat(model, "%proc.name").json(one)).toBeNull();
  expect(format.values(one)?.get("tolower(proc.exe)")).toBe("a");
});

test("JSON strings are harmless in terminals and pages, and mean what they meant", () => {
  const hostile = '</script>\x1b[31m\x7f\u009b\u2028"\\\ud800';
  const json = jsonString(hostile);
  expect(json).not.toMatch(/<\/|\p{Cc}|\u2028/u);
  expect(JSON.parse(json)).toBe(hostile);
  expect(jsonValue([1.5, Number.NaN, true, -1n])).toBe("[1.5,null,true,-1]");
  expect(jsonValue([])).toBe("null");
});
