import { expect, test } from "bun:test";
import { classify, compare } from "./changes.ts";
import { resultsJson } from "./formats/results-json.ts";
import { summaryMarkdown } from "./formats/summary-md.ts";
import { makeReport } from "./report.ts";
import { measured, result, run, target } from "./testing/results.ts";
import { renderPage } from "./views/page.tsx";

test.each([
  ["pass", "fail", "regression"],
  ["pass", "unsupported", "regression"],
  ["pass", "skipped", "regression"],
  ["unsupported", "fail", "regression"],
  ["not-run", "fail", "regression"],
  ["fail", "pass", "fixed"],
  ["flaky", "pass", "unstable"],
  ["infra-error", "pass", "fixed"],
  ["fail", "fail", "still failing"],
  ["flaky", "fail", "still failing"],
  ["pass", "flaky", "unstable"],
  ["fail", "flaky", "unstable"],
  ["pass", "infra-error", "no verdict"],
  ["fail", "not-run", "no verdict"],
  [undefined, "fail", "appeared"],
  ["pass", undefined, "disappeared"],
  ["pass", "pass", null],
  ["unsupported", "unsupported", null],
  ["fail", "unsupported", null],
  ["not-run", "infra-error", null],
] as const)("%p then %p is %p", (was, now, kind) => {
  expect(classify(was, now)).toBe(kind);
});

const old = measured([
  run(1),
  result("close/a", "pass"),
  result("openat/a", "pass"),
  result("openat/b", "fail"),
  result("read/a", "pass"),
]);
const now = measured([
  run(2),
  result("close/a", "pass"),
  result("openat/a", "fail"),
  result("openat/b", "pass"),
  result("write/a", "pass"),
]);
const changes = compare(old.results, now.results);

test("changes are told worst first", () => {
  expect(changes).toEqual([
    { kind: "regression", target, case: "openat/a", syscall: "openat", was: "pass", now: "fail" },
    { kind: "fixed", target, case: "openat/b", syscall: "openat", was: "fail", now: "pass" },
    { kind: "disappeared", target, case: "read/a", syscall: "read", was: "pass", now: undefined },
    { kind: "appeared", target, case: "write/a", syscall: "write", was: undefined, now: "pass" },
  ]);
});

test("page, summary.md and results.json tell them", () => {
  const compared = makeReport(now, old);
  const page = renderPage(compared, "");
  expect(page.indexOf('id="changes"')).toBeLessThan(page.indexOf('id="kernels"'));
  expect(page).toContain("passed before and does not now, or fails now where it did not before");
  expect(summaryMarkdown(compared)).toContain(`- regression: ${target}:openat/a was pass, is fail`);
  expect(JSON.parse([...resultsJson(compared)].join("")).changes).toHaveLength(4);
});

test("without a comparison nothing is said of changes", () => {
  expect(renderPage(makeReport(now), "")).not.toContain('id="changes"');
  expect(JSON.parse([...resultsJson(makeReport(now))].join("")).changes).toBeNull();
});
