import { beforeAll, expect, test } from "bun:test";
import { ensure } from "../../../harness/build/step.ts";
import { hostArch } from "../../../harness/setup/host.ts";
import { re2Shared } from "./build.ts";
import { Regex, RegexError } from "./re2.ts";

beforeAll(async () => {
  await ensure(re2Shared(hostArch()));
});

test("the whole text must match; POSIX classes; UTF-8", () => {
  const regex = new Regex("(a|b)*[[:digit:]]+é?");
  expect(["ab12é", "xab12", "ab12x", ""].map((text) => regex.matches(text))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(new Regex("").matches("")).toBe(true);
  expect(new Regex("a.c").matches("a\u{1F600}c")).toBe(true);
  expect(new Regex("a.b").matches("a\0b")).toBe(true);
});

test.each(["a(", "\\d", "a{1000000}", "(?i)a"])("%p is refused, with RE2's reason", (pattern) => {
  expect(() => new Regex(pattern)).toThrow(RegexError);
});

test("linear where backtracking engines explode; a text longer than the scratch", () => {
  const text = "a".repeat(65536);
  expect(new Regex("(a*)*b").matches(text)).toBe(false);
  expect(new Regex("(a*)*").matches(text)).toBe(true);
});
