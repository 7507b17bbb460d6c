/** What `run` says at its end. */
import type { ExpectedEntry } from "../../matrix/expected.ts";
import { type Counts, countOutcomes } from "../run/counts.ts";
import { type CaseResult, outcomes } from "../run/results.ts";
import type { Verdict } from "../run/verdict.ts";
import { paint } from "./outcome-style.ts";
import { table } from "./table.ts";

/** Outcomes counted by target, targets in the order of their first result. */
export function countByTarget(results: Iterable<CaseResult>): Map<string, Counts> {
  const groups = Map.groupBy(results, ({ target }) => target);
  return new Map([...groups].map(([target, own]) => [target, countOutcomes(own)]));
}

/** A row for each target; only outcomes that occur get a column, but `pass` always does. */
export function summaryTable(counts: ReadonlyMap<string, Counts>): string {
  const rows = [...counts];
  const shown = outcomes.filter((outcome) => outcome === "pass" || rows.some(([, row]) => row[outcome]));
  return table(
    ["target", ...shown],
    rows.map(([target, row]) => [target, ...shown.map((outcome) => String(row[outcome] ?? 0))]),
  );
}

/** At most this many cases are told one by one; the report has them all. */
const shownCases = 25;

/**
 * Every case that decided the exit status, with its reason and how to repeat it.
 * @param resume the command that does what an interruption left
 */
export function verdictLines({ unexpected, outdated, listed }: Verdict, resume: string): string[] {
  const told = unexpected.filter(({ cause }) => cause !== "interrupted");
  const lines = told.slice(0, shownCases).map(caseLine);
  if (told.length > shownCases) lines.push(`… and ${told.length - shownCases} more: see the report`);
  const interrupted = unexpected.length - told.length;
  if (interrupted > 0) lines.push(`${interrupted} not run: interrupted; this does them: ${resume}`);
  for (const { result, entry } of outdated) lines.push(outdatedLine(result, entry));
  if (listed.length > 0) lines.push(`${listed.length} listed in matrix/expected.yaml, as expected`);
  return lines;
}

function outdatedLine({ target, case: id }: CaseResult, { outcome }: ExpectedEntry): string {
  const label = paint("fail", "out of date");
  return `${label}  ${target}:${id} passes, but matrix/expected.yaml lists it as ${outcome}`;
}

export function caseLine(result: CaseResult): string {
  const reason = result.reason ? `: ${firstLine(result.reason)}` : "";
  return `${paint(result.outcome)}  ${result.target}:${result.case}${reason}\n      ${result.repro}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0]!;
}
