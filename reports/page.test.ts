import { expect, test } from "bun:test";
import { mergeResults } from "../harness/run/merge-results.ts";
import type { CaseResult, Outcome, TargetResult } from "../harness/run/results.ts";
import { cellAddress, makeGrid, rollUp } from "./cells.ts";
import { glyphs } from "./outcome.tsx";
import { renderPage } from "./page.tsx";

const target = "x86_64/debian-6.12/kmod";

function result(id: string, outcome: Outcome, more: Partial<CaseResult> = {}): CaseResult {
  const repro = `./scapyard repro ${more.target ?? target}:${id}`;
  return { kind: "case", target, case: id, syscall: id.split("/")[0]!, outcome, ms: 1, repro, ...more };
}

const targetLine: TargetResult = {
  kind: "target",
  target,
  arch: "x86_64",
  driver: "kmod",
  kernel: {
    name: "debian-6.12",
    series: "6.12",
    release: "6.12.9-amd64",
    package: "linux-image-6.12.9-amd64",
    locked: "6.12.9-1",
    actual: "6.12.10-1",
    sha256: "00",
  },
};

test.each([
  [["pass", "pass"], "pass"],
  [["pass", "fail"], "partial"],
  [["pass", "unsupported"], "partial"],
  [["unsupported", "fail"], "fail"],
  [["not-run", "infra-error"], "infra-error"],
  [["skipped"], "skipped"],
] as const)("cases %p roll up to %s", (outcomes, cell) => {
  expect(rollUp(outcomes)).toBe(cell);
});

test("the grid has every syscall on every target, kernels in the order of their versions", () => {
  const on = (kernel: string) => result("open/a", "pass", { target: `x86_64/${kernel}/kmod` });
  const grid = makeGrid(mergeResults([on("debian-6.12"), on("debian-5.10"), on("debian-6.1")]));
  expect(grid.targets.map((name) => name.split("/")[1])).toEqual([
    "debian-5.10",
    "debian-6.1",
    "debian-6.12",
  ]);
});

test("a cell shows glyph and word, leads to its details, and these have reason and reproducer", () => {
  const failed = result("open/b", "fail", { reason: "flags differ", diff: "flags: expected 1, got 2" });
  const page = renderPage(mergeResults([result("open/a", "pass"), failed]));
  expect(page).toContain(`${glyphs.partial}</span> partial`);
  expect(page).toContain(`href="#${target}/open"`);
  expect(page).toContain(`id="${cellAddress(target, "open")}"`);
  for (const text of ["flags differ", "flags: expected 1, got 2", `./scapyard repro ${target}:open/b`, "1/2"])
    expect(page).toContain(text);
});

test("a target tells which package was used instead of the locked one", () => {
  const page = renderPage(mergeResults([targetLine, result("open/a", "pass")]));
  expect(page).toContain("linux-image-6.12.9-amd64 6.12.10-1 (the lock says 6.12.9-1)");
});

test("nothing in the results becomes markup", () => {
  const evil = `<script>alert(1)</script>" onload='x' &`;
  const everywhere = { reason: evil, diff: evil, program: evil, raw: [evil], console: evil, repro: evil };
  const page = renderPage(
    mergeResults([
      result(`open/${evil}`, "fail", { ...everywhere, target: `x/${evil}/kmod`, syscall: evil }),
      { ...targetLine, reason: evil, attach: evil, qemu: evil },
    ]),
  );
  expect(page).not.toContain("<script");
  expect(page).not.toContain('" onload=');
  expect(page).toContain("&lt;script>alert(1)&lt;/script>");
});

test("the page loads nothing and runs nothing", () => {
  const page = renderPage(mergeResults([result("open/a", "pass")]));
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(script|link|img|iframe)|\bsrc=|@import|url\(/);
});
