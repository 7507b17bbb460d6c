import { expect, test } from "bun:test";
import type { ExpectedEntry } from "../../matrix/expected.ts";
import type { CaseResult, Outcome } from "./results.ts";
import { judge } from "./verdict.ts";

const target = "x86_64/debian-6.12/kmod";
const listedNonPass: ExpectedEntry = {
  target: "x86_64/*/kmod",
  case: "openat2/*",
  outcome: "unsupported",
  reason: "the kernel has no openat2",
};

const listedCause: ExpectedEntry = {
  target: "**",
  case: "**",
  outcome: "unsupported",
  cause: "no-compat",
  reason: "the kernel takes no 32-bit calls",
};

function result(id: string, outcome: Outcome): CaseResult {
  return {
    kind: "case",
    target,
    case: id,
    syscall: id.split("/")[0]!,
    outcome,
    ms: 1,
    repro: `${target}:${id}`,
  };
}

test.each([
  ["everything passed", [result("open/a", "pass")], 0],
  ["a case failed", [result("open/a", "pass"), result("open/b", "fail")], 1],
  ["a case was flaky", [result("open/a", "flaky")], 1],
  ["an unlisted unsupported is no pass", [result("open/a", "unsupported")], 1],
  ["a skip that nobody listed", [result("open/a", "skipped")], 1],
  ["the guest did not boot", [result("open/a", "infra-error")], 3],
  ["a case was not run", [result("open/a", "not-run")], 3],
  ["a failure outranks a case that was not run", [result("open/a", "not-run"), result("open/b", "fail")], 1],
  ["a listed cause, whatever the case", [{ ...result("open/a", "unsupported"), cause: "no-compat" }], 0],
  ["a pass of a case that a cause is listed for", [result("open/a", "pass")], 0],
  ["a failure with a listed cause", [{ ...result("open/a", "fail"), cause: "no-compat" }], 1],
  ["a listed non-pass", [result("openat2/a", "unsupported")], 0],
  ["a listed non-pass with another outcome", [result("openat2/a", "fail")], 1],
  ["a listed non-pass that passes", [result("openat2/a", "pass")], 1],
] as const)("%s", (_, results, status) => {
  expect(judge(results, [listedNonPass, listedCause]).status).toBe(status);
});

test("an entry for other targets lists nothing here", () => {
  const elsewhere = { ...listedNonPass, target: "aarch64/*/kmod" };
  const { status, unexpected, listed } = judge([result("openat2/a", "unsupported")], [elsewhere]);
  expect([status, unexpected.length, listed.length]).toEqual([1, 1, 0]);
});
