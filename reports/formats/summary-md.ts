/** `summary.md`: for the summary of a CI job, or a comment. */
import { addCounts, type Counts } from "../../harness/run/counts.ts";
import { reproId } from "../../harness/run/repro.ts";
import type { Grid } from "../cells.ts";
import type { Change } from "../changes.ts";
import { countWord, glyphs, inOrder, outcomeWord } from "../glyphs.ts";
import type { Problem } from "../problems.ts";
import type { Report } from "../report.ts";

/** The rest is on the page. */
const shownProblems = 30;

export function summaryMarkdown({ grid, problems, unread, changes }: Report): string {
  const all = addCounts(grid.targets.map((target) => grid.counts(target)));
  const lines = [
    "# scapyard",
    "",
    `${inOrder(all).map(countWord).join(", ") || "Nothing was measured"}.`,
    "",
  ];
  lines.push(...targetTable(grid, all));
  if (changes) lines.push("", "## Changes", "", ...changeLines(changes));
  if (problems.length > 0) lines.push("", "## Not passing", "");
  lines.push(...problems.slice(0, shownProblems).map(problemLine));
  if (problems.length > shownProblems) lines.push(`- … and ${problems.length - shownProblems} more causes`);
  if (unread.length > 0) lines.push("", `${unread.length} lines of the results could not be read.`);
  return `${lines.join("\n")}\n`;
}

/** Only outcomes that occur have a column. */
function targetTable(grid: Grid, all: Counts): string[] {
  const shown = inOrder(all).map(([outcome]) => outcome);
  const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rows = grid.targets.map((target) => {
    const outcome = grid.outcome(target);
    const counts = grid.counts(target);
    const numbers = shown.map((column) => String(counts[column] ?? 0));
    return row([text(target), `${glyphs[outcome]} ${outcomeWord(outcome)}`, ...numbers]);
  });
  return [
    row(["target", "outcome", ...shown.map(outcomeWord)]),
    row(["---", "---", ...shown.map(() => "---:")]),
    ...rows,
  ];
}

function changeLines(changes: readonly Change[]): string[] {
  if (changes.length === 0) return ["Nothing changed."];
  const lines = changes.slice(0, shownProblems).map((change) => {
    const { kind, was, now } = change;
    return `- ${kind}: ${text(reproId(change))} was ${was ?? "absent"}, is ${now ?? "absent"}`;
  });
  const more = changes.length - lines.length;
  return more > 0 ? [...lines, `- … and ${more} more`] : lines;
}

function problemLine({ outcome, cause, reason, results }: Problem): string {
  const first = results[0]!;
  const more = results.length > 1 ? ` and ${results.length - 1} more` : "";
  const why = `${cause ? `${cause}: ` : ""}${reason.split("\n", 1)[0]}`;
  return `- ${glyphs[outcome]} ${outcomeWord(outcome)} ${text(reproId(first))}${more}: ${text(why)}`;
}

/** Nothing of a guest becomes markup: neither Markdown's nor HTML's. An underscore inside a word is none. */
function text(raw: string): string {
  return raw
    .replaceAll(/\p{Cc}+/gu, " ")
    .replaceAll(/[\\`*[\]|<>&~@]|\b_\B|\B_\b/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
