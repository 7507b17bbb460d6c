import { expect, test } from "bun:test";
import { Glob } from "./glob.ts";
import { PathPrefixes } from "./path-prefix.ts";

test.each([
  ["*.txt", "a/b/.txt", true],
  ["a?c", "a\u{1F600}c", true],
  ["[a-c]x", "bx", true],
  ["[!a-c]x", "bx", false],
  ["[^a]", "b", true],
  ["[]]", "]", true],
  ["[[:digit:][:upper:]]", "Q", true],
  ["[[:nosuch:]]", "a", false],
  ["[a-]", "-", true],
  ["[a", "[a", true],
  ["\\*", "*", true],
  ["\\*", "a", false],
  ["a\\", "a\\", false],
  ["[[.a.]-c]", "b", true],
  ["", "", true],
  ["*", "", true],
  ["?", "", false],
] as const)("%p of %p is %p", (pattern, text, answer) => {
  expect(new Glob(pattern).matches(text)).toBe(answer);
});

test("fold: ASCII letters only", () => {
  const glob = (pattern: string, text: string) => new Glob(pattern, { fold: true }).matches(text);
  expect([glob("A[x-z]", "aY"), glob("É", "é")]).toEqual([true, false]);
});

test("a hundred stars on 64 KiB take no time", () => {
  const glob = new Glob(`${"*a".repeat(100)}b`);
  const start = performance.now();
  expect(glob.matches("a".repeat(65536))).toBe(false);
  // A backtracking matcher would not finish in a lifetime.
  expect(performance.now() - start).toBeLessThan(2000);
});

test.each([
  [["/etc"], "/etc/passwd", true],
  [["/etc"], "/etcetera", false],
  [["/"], "/x", true],
  [["/etc/*/x", "/usr"], "/etc/a/x/y", true],
  [["/etc/*/x"], "/etc/a", false],
] as const)("%p is above %p: %p", (paths, path, answer) => {
  expect(new PathPrefixes(paths).matches(path)).toBe(answer);
});

test("a hundred globs in one path are walked level by level", () => {
  const prefixes = new PathPrefixes([`${"/*".repeat(100)}/x`, `${"/a*".repeat(100)}/y`]);
  expect(prefixes.matches("/a".repeat(101))).toBe(false);
});
