/** A page of everything that can happen: what stands on it is what stands in the results. */
import { expect, test } from "bun:test";
import type { CaseResult, Outcome } from "../harness/run/results.ts";
import { glyphs, outcomeWord } from "./glyphs.ts";
import { cellOutcomes } from "./outcomes.ts";
import { makeReport } from "./report.ts";
import { targetParts } from "./target-parts.ts";
import { measured } from "./testing/results.ts";
import { worldResults, worldTargets } from "./testing/world.ts";
import { renderPage } from "./views/page.tsx";

const lines = [...worldResults(3)];
const lastRun = lines.slice(lines.findLastIndex(({ kind }) => kind === "run"));
const results = lastRun.filter((line): line is CaseResult => line.kind === "case");
const report = makeReport(measured(lines), measured(lines.slice(0, -lastRun.length)));
const page = renderPage(report, "");

const number = (of: readonly CaseResult[], ...outcomes: Outcome[]) =>
  of.filter(({ outcome }) => outcomes.includes(outcome)).length;

/** Of the part that a heading begins. */
const part = (id: string) => new RegExp(`<h2 id="${id}">.*?(?=<h2|$)`, "s").exec(page)![0];

test("every outcome is there, as shape and word", () => {
  const grid = report.grid.targets.flatMap((target) => report.grid.cells(target));
  const found = new Set([
    ...grid.map(({ outcome }) => outcome),
    ...report.grid.targets.map((t) => report.grid.outcome(t)),
  ]);
  expect([...found].sort()).toEqual([...cellOutcomes].sort());
  for (const outcome of found) {
    expect(page).toContain(`<span aria-hidden="true">${glyphs[outcome]}</span> ${outcomeWord(outcome)}`);
  }
});

test("the head counts the results of the last run", () => {
  const head = /<header>.*?<\/header>/s.exec(page)![0];
  for (const outcome of ["pass", "fail", "flaky", "unsupported", "infra-error", "not-run"] as const)
    expect(head).toContain(
      `</span> ${outcomeWord(outcome)}<small> ${number(results, outcome).toLocaleString("en")}</small>`,
    );
  expect(head).toContain(`${worldTargets.length} targets`);
});

test("each target has its cell in the matrix, with its numbers", () => {
  const matrix = part("kernels");
  for (const [target, own] of Map.groupBy(results, (result) => result.target)) {
    const could = own.length - number(own, "unsupported", "skipped");
    const cell = new RegExp(`<a href="#${RegExp.escape(encodeURI(target))}" class="cell".*?</a>`, "s").exec(
      matrix,
    )![0];
    if (could > 0) expect(cell).toContain(`<small> ${number(own, "pass")} of ${could}</small>`);
    const failed = number(own, "fail");
    expect(cell.includes(` ${failed} fail`)).toBe(failed > 0);
  }
});

test("a guest that is special has a row of its own, and no column elsewhere", () => {
  const rows = part("kernels").match(/data-row="[^"]*"/g)!;
  const expected = new Set(worldTargets.map(targetParts).map(({ kernel, driver }) => `${kernel}/${driver}`));
  expect(rows).toHaveLength(expected.size);
  expect(part("support").match(/jit=off/g)).toHaveLength(1);
});

test("what the last night broke comes first", () => {
  const changes = part("changes");
  expect(changes.indexOf("<b>regression</b>")).toBeLessThan(changes.indexOf("<b>still failing</b>"));
  expect(changes).toMatch(/<details class="problem" open><summary><b>regression<\/b>/);
  expect(report.changes!.filter(({ kind }) => kind === "regression").map(({ target }) => target)).toContain(
    "x86_64/debian-7.3/modern_bpf",
  );
});

test("the page of a whole night has less than 2 MB, though thousands of results are no passes", () => {
  expect(results.length).toBeGreaterThan(25_000);
  expect(results.length - number(results, "pass")).toBeGreaterThan(8000);
  expect(Buffer.byteLength(page)).toBeLessThan(2_000_000);
});
