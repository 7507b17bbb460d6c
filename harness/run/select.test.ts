import { expect, test } from "bun:test";
import { globOf, NoMatch, select } from "./select.ts";

const targets = ["x86_64/debian-6.1/kmod", "x86_64/debian-6.1/modern_bpf", "x86_64/debian-6.12/kmod"];

test.each([
  [[], targets],
  [["x86_64/*/kmod"], ["x86_64/debian-6.1/kmod", "x86_64/debian-6.12/kmod"]],
  [
    ["*/debian-6.12/*", "x86_64/debian-6.1/kmod"],
    ["x86_64/debian-6.1/kmod", "x86_64/debian-6.12/kmod"],
  ],
])("globs %p", (globs, selected) => {
  expect(select("target", globs, targets)).toEqual(selected);
});

test("a star crosses no slash", () => {
  expect(() => select("target", ["x86_64/*"], targets)).toThrow(NoMatch);
});

test("every glob must match, and a slip is answered with the nearest name", () => {
  expect(() => select("target", ["x86_64/*/kmod", "x86_64/debian-6.13/kmod"], targets)).toThrow(
    'no target matches "x86_64/debian-6.13/kmod"; did you mean x86_64/debian-6.1/kmod or x86_64/debian-6.12/kmod',
  );
});

test("a slip beside a wildcard is answered with the wildcard", () => {
  expect(() => select("case", ["opne/*"], ["open/a", "open/b", "close/a"])).toThrow("did you mean open/*?");
});

test("the glob of a set of ids matches these and no other", () => {
  const ids = ["open/a", "open/b@ia32", "openat/a"];
  for (const chosen of [ids, ids.slice(0, 2), ids.slice(1, 2)])
    expect(select("case", [globOf(chosen)], ids)).toEqual(chosen);
});
