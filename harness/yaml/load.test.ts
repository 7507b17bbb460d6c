import { expect, test } from "bun:test";
import * as v from "valibot";
import { checkDocument, parseText, type YamlCode, YamlError } from "./index.ts";

const shape = v.strictObject({
  name: v.string(),
  size: v.optional(v.pipe(v.number(), v.maxValue(9, "more than 9"))),
  colour: v.optional(v.picklist(["red", "green"])),
  hosts: v.optional(v.array(v.strictObject({ address: v.string(), port: v.optional(v.number()) }))),
  nr: v.optional(v.union([v.number(), v.strictObject({ x86: v.optional(v.number()) })])),
  labels: v.optional(v.record(v.pipe(v.string(), v.regex(/^[a-z]+$/, "not a label")), v.string())),
});

function failure(text: string): YamlError {
  try {
    checkDocument(parseText(text, "f.yaml"), shape);
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  throw new Error("accepted");
}

const rows: [text: string, code: YamlCode, line: number, column: number][] = [
  ["name: [a", "syntax", 1, 9],
  ["name: a\nname: b\n", "duplicate-key", 2, 1],
  ["size: 3\n", "missing-key", 1, 1],
  ["name: 5\n", "type", 1, 7],
  ["name: a\nsize: ten\n", "type", 2, 7],
  ["name: a\nsize: 10\n", "value", 2, 7],
  ["name: a\nsise: 3\n", "unknown-key", 2, 1],
  ["name: a\ncolour: gren\n", "unknown-name", 2, 9],
  ["name: a\nhosts:\n  - address: x\n  - adress: y\n", "missing-key", 4, 5],
  ["name: a\nhosts:\n  - {address: x, prot: 1}\n", "unknown-key", 3, 18],
  ["name: a\nhosts: {address: x}\n", "type", 2, 8],
  ["name: a\nlabels:\n  ok: x\n  B4: y\n", "value", 4, 3],
  ["name: a\nnr: {x96: 1}\n", "unknown-key", 2, 6],
  ["name: a\nnr: {x86: b}\n", "type", 2, 11],
  ["name: a\nnr: b\n", "type", 2, 5],
  ["name: *b\n", "syntax", 1, 7],
  ["name: a\n? [x]\n: y\n", "type", 2, 3],
  ["name: a\n__proto__: y\n", "type", 2, 1],
  ["", "type", 1, 1],
];

for (const [text, code, line, column] of rows)
  test(`${code} at ${line}:${column} of ${JSON.stringify(text)}`, () => {
    const error = failure(text);
    expect({ code: error.code, line: error.line, column: error.column }).toEqual({ code, line, column });
  });

test("all problems of a file are reported, in the order of the file", () => {
  expect(failure("sise: 1\nname: 2\ncolour: blue\n").issues.map(({ code }) => code)).toEqual([
    "unknown-key",
    "type",
    "unknown-name",
  ]);
});

test("a slip is answered with what was meant", () => {
  expect(failure("name: a\nsise: 3\n").message).toContain("size");
  expect(failure("name: a\ncolour: gren\n").message).toContain("green");
  expect(failure("name: a\nhosts: [{address: x, prot: 1}]\n").message).toContain("port");
  expect(failure("name: a\nnr: {x68: 1}\n").message).toContain("x86");
});

test("what is right comes back as the schema's output", () => {
  expect(checkDocument(parseText("name: a\nhosts: [{address: x}]\n", "f.yaml"), shape)).toEqual({
    name: "a",
    hosts: [{ address: "x" }],
  });
});
