import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { ensureSchema } from "../../drivers/schema/build.ts";
import { root } from "../build/root.ts";
import { exitStatus } from "../run/exit-status.ts";
import { type Arguments, flag, type OwnCommand, string, UsageError } from "./command.ts";
import { shownPath } from "./shown-path.ts";
import { countByTarget, summaryTable } from "./summary.ts";

const defaultResults = join(root, "reports/out/results.jsonl");

export const reportCommand: OwnCommand = {
  summary: "make the HTML report from results",
  usage: "[options] [RESULTS...]",
  details: `Several files are merged; where two have a result for the same case, that of the later run counts. Without a file:
the results of the last run. Broken lines are told by number and left out; the exit status is then 1.`,
  options: {
    output: { type: "string", short: "o", value: "FILE", help: "the page (reports/out/index.html)" },
    json: { type: "boolean", help: "print the merged counts as JSON" },
  },
  positionals: [0, 1000],
  run,
};

async function run(args: Arguments): Promise<number> {
  const files = resultsFiles(args.positionals);
  await ensureSchema();
  // It imports the schema's modules, which may have been made just now.
  const { writeReport } = await import("../../reports/write.ts");
  const output = resolve(string(args, "output") ?? join(root, "reports/out/index.html"));
  const { report, page } = await writeReport(files, output);
  for (const { file, number, message } of report.unread) console.error(`${file}:${number}: ${message}`);
  const counts = countByTarget(report.results.cases.values());
  const broken = report.unread.length;
  if (flag(args, "json")) console.log(JSON.stringify({ targets: Object.fromEntries(counts), broken, page }));
  else console.log(`${summaryTable(counts)}\n\nreport: ${shownPath(page)}`);
  return broken > 0 ? exitStatus.fail : exitStatus.ok;
}

function resultsFiles(named: readonly string[]): string[] {
  const files = named.length > 0 ? named.map((file) => resolve(file)) : [defaultResults];
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new UsageError(`there are no results in ${missing}`);
  return files;
}
