import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writeReport } from "../../reports/write.ts";
import { root } from "../build/root.ts";
import { exitStatus } from "../run/exit-status.ts";
import { mergeResults } from "../run/merge-results.ts";
import { parseResults } from "../run/read-results.ts";
import type { ResultLine } from "../run/results.ts";
import { type Arguments, flag, type OwnCommand, string, UsageError } from "./command.ts";
import { shownPath } from "./shown-path.ts";
import { countByTarget, summaryTable } from "./summary.ts";

const defaultResults = join(root, "reports/out/results.jsonl");

export const reportCommand: OwnCommand = {
  summary: "make the HTML report from results",
  usage: "[options] [RESULTS...]",
  details: `Several files are merged; where two have a result for the same case, the later file counts. Without a file:
the results of the last run. Broken lines are told by number and left out; the exit status is then 1.`,
  options: {
    output: { type: "string", short: "o", value: "FILE", help: "the page (reports/out/index.html)" },
    json: { type: "boolean", help: "print the merged counts as JSON" },
  },
  positionals: [0, 1000],
  run,
};

async function run(args: Arguments): Promise<number> {
  const files =
    args.positionals.length > 0 ? args.positionals.map((file) => resolve(file)) : [defaultResults];
  const lines: ResultLine[] = [];
  let broken = 0;
  for (const file of files) {
    if (!existsSync(file)) throw new UsageError(`there are no results in ${file}`);
    const read = parseResults(readFileSync(file, "utf8"));
    for (const { number, message } of read.broken) console.error(`${file}:${number}: ${message}`);
    broken += read.broken.length;
    lines.push(...read.lines);
  }
  const merged = mergeResults(lines);
  const page = writeReport(merged, resolve(string(args, "output") ?? join(root, "reports/out/index.html")));
  const counts = countByTarget(merged.cases.values());
  if (flag(args, "json")) console.log(JSON.stringify({ targets: Object.fromEntries(counts), broken, page }));
  else console.log(`${summaryTable(counts)}\n\nreport: ${shownPath(page)}`);
  return broken > 0 ? exitStatus.fail : exitStatus.ok;
}
