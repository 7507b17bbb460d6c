import { expect, test } from "bun:test";
import { parseTap } from "./tap.ts";

test("passed and failed tests with their comments", () => {
  expect(parseTap("ok 1 - a\n# x.c:3: not true: y\nnot ok 2 - b\n1..2\n", "", 1)).toEqual([
    { name: "a", ok: true, comments: "" },
    { name: "b", ok: false, comments: "# x.c:3: not true: y" },
  ]);
});

test.each([
  ["a crash", "ok 1 - a\n", null],
  ["a sanitizer's exit after the plan", "ok 1 - a\n1..1\n", 99],
  ["no test at all", "1..0\n", 0],
  ["fewer tests than planned", "ok 1 - a\n1..2\n", 0],
  ["a failure with status 0", "not ok 1 - a\n1..1\n", 0],
])("%s is a failure", (_, stdout, status) => {
  expect(parseTap(stdout, "report", status).at(-1)).toMatchObject({ name: "runs to its end", ok: false });
});
