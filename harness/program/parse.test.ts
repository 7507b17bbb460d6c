import { describe, expect, test } from "bun:test";
import { parse } from "./parse.ts";
import { ProgramSyntaxError } from "./syntax.ts";

const broken: [code: string, text: string, line: number, column: number][] = [
  ["unexpected", "", 1, 1],
  ["unknown-arch", "program vax\nexit 0", 1, 9],
  ["unknown-syscall", "program x86_64\nr0 = opne()\nexit 0", 2, 6],
  ["unknown-syscall", "program aarch64\nr0 = open()\nexit 0", 2, 6],
  ["unknown-errno", "program x86_64\nr0 = close(1) -> ENOTHING\nexit 0", 2, 18],
  ["unknown-memory", "program x86_64\nr0 = close(&m0)\nexit 0", 2, 13],
  ["unknown-memory", "program x86_64\nm1 = hole\nexit 0", 2, 1],
  ["unknown-result", "program x86_64\nr0 = close(r1)\nexit 0", 2, 12],
  ["unknown-result", "program x86_64\nr1 = getpid()\nexit 0", 3, 1],
  ["duplicate", "program x86_64\nr0 = getpid()\nr0 = getpid()\nexit 0", 3, 1],
  ["out-of-range", 'program x86_64\nm0 = data 2 "abc"\nexit 0', 2, 13],
  ["out-of-range", "program x86_64\nm0 = data 2 align 3\nexit 0", 2, 19],
  ["out-of-range", "program x86_64\nm0 = data 99999999\nexit 0", 2, 11],
  ["out-of-range", "program x86_64\nm0 = data 4\n[m0+1:4] = 1\nexit 0", 3, 2],
  ["out-of-range", "program x86_64\nr0 = close(0x1ffffffffffffffff)\nexit 0", 2, 12],
  ["out-of-range", "program x86_64\nr0 = mmap(1, 2, 3, 4, 5, 6, 7)\nexit 0", 2, 29],
  ["out-of-range", "program x86_64\nexit 256", 2, 6],
  ["bad-character", "program x86_64\nr0 = close(1) ?\nexit 0", 2, 14],
  ["bad-character", 'program x86_64\nm0 = data 2 "\\q"\nexit 0', 2, 13],
  ["unexpected", "program x86_64\nr0 = close(1\nexit 0", 2, 13],
  ["unexpected", "program x86_64\nr0 = fork()\nexit 0", 2, 12],
  ["unexpected", "program x86_64\nr0 = getpid() {\n} exit 0\nexit 0", 2, 15],
  ["unexpected", "program x86_64\nr0 = fork() {\nexit 0", 3, 1],
  ["out-of-range", "program x86_64\nm0 = data 8\n[m0:3] = 1\nexit 0", 3, 5],
  ["unexpected", "program x86_64\nexit 0\nr0 = getpid()", 3, 1],
];

describe("a broken program", () => {
  test.each(broken)("%s: %j", (code, text, line, column) => {
    let caught: unknown;
    try {
      parse(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ProgramSyntaxError);
    const error = caught as ProgramSyntaxError;
    expect({ code: error.code, line: error.line, column: error.column }).toEqual({
      code,
      line,
      column,
    } as never);
  });
});

test("the message shows the line and a caret", () => {
  expect(() => parse("program x86_64\nr0 = opne()\nexit 0")).toThrow(
    'line 2, column 6: x86_64 has no syscall "opne"\n  r0 = opne()\n       ^',
  );
});

test("comments and blank lines mean nothing", () => {
  expect(parse("# hello\n\nprogram x86_64\n  # more\nexit 0\n").main.steps).toEqual([]);
});
