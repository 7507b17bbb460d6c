import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { ensureSchema } from "../../drivers/schema/build.ts";
import { type Change, type ChangeKind, changeKinds } from "../../reports/changes.ts";
import { type LogPlace, logPlaces } from "../../reports/logs.ts";
import type { UnreadLine } from "../../reports/read.ts";
import { exitStatus } from "../run/exit-status.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { type Arguments, flag, type OwnCommand, string, strings, UsageError } from "./command.ts";
import { defaultReport, defaultResults } from "./output-files.ts";
import { shownPath } from "./shown-path.ts";
import { summaryTable } from "./summary.ts";

export const reportCommand: OwnCommand = {
  summary: "make the HTML report from results",
  usage: "[options] [RESULTS...]",
  details: `Several files are merged; where two have a result for the same case, that of the later run counts. Without a file:
the results of the last run. Broken lines are told by number and left out; the exit status is then 1.
Beside the page: results.json, summary.md, junit.xml and badges. Changes are: ${changeKinds.join(", ")}.`,
  options: {
    against: { type: "string", multiple: true, value: "OLD", help: "tell what changed since (repeatable)" },
    "fail-on": { type: "string", multiple: true, value: "CHANGE", help: "exit with 1 on such a change" },
    logs: {
      type: "string",
      value: "PLACE",
      help: "long texts of failures: inside of the page (default), or beside it",
    },
    output: { type: "string", short: "o", value: "FILE", help: "the page (reports/out/index.html)" },
    json: { type: "boolean", help: "print the merged counts as JSON" },
  },
  positionals: [0, 1000],
  run,
};

async function run(args: Arguments): Promise<number> {
  const files = resultsFiles(args.positionals);
  const against = existing(strings(args, "against"));
  const failOn = failingKinds(args);
  const logs = logPlace(string(args, "logs") ?? "inside");
  await ensureSchema();
  // It imports the schema's modules, which may have been made just now.
  const { writeReport } = await import("../../reports/write.ts");
  const output = resolve(string(args, "output") ?? defaultReport);
  const { report, page } = await writeReport(files, output, { against, logs });
  for (const line of unreadLines(report.unread)) console.error(line);
  const changes = countChanges(report.changes ?? []);
  const { grid } = report;
  const counts = new Map(grid.targets.map((target) => [target, grid.counts(target)]));
  const broken = report.unread.length;
  if (flag(args, "json"))
    console.log(JSON.stringify({ targets: Object.fromEntries(counts), broken, changes, page }));
  else {
    console.log(summaryTable(counts));
    if (report.changes) console.log(`\n${changesLine(changes)}`);
    console.log(`\nreport: ${shownPath(page)}`);
  }
  return broken > 0 || failOn.some((kind) => changes[kind]) ? exitStatus.fail : exitStatus.ok;
}

/** At most this many are told one by one: somebody may have named a file that holds no results at all. */
const shownUnread = 25;

function unreadLines(unread: readonly UnreadLine[]): string[] {
  const lines = unread.map(({ file, number, message }) => `${file}:${number}: ${message}`);
  const more = lines.length - shownUnread;
  return more > 0 ? [...lines.slice(0, shownUnread), `… and ${more} more: see results.json`] : lines;
}

function logPlace(word: string): LogPlace {
  const place = logPlaces.find((known) => known === word);
  if (!place) throw new UsageError(`--logs: "${word}" is none of ${logPlaces.join(", ")}`);
  return place;
}

type ChangeCounts = Partial<Record<ChangeKind, number>>;

function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts: ChangeCounts = {};
  for (const { kind } of changes) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function changesLine(changes: ChangeCounts): string {
  const words = Object.entries(changes).map(([kind, count]) => `${count} ${kind}`);
  return `changes: ${words.join(", ") || "none"}`;
}

function failingKinds(args: Arguments): ChangeKind[] {
  const kinds = strings(args, "fail-on");
  const unknown = kinds.find((kind) => !(changeKinds as readonly string[]).includes(kind));
  if (unknown !== undefined)
    throw new UsageError(`--fail-on: unknown change "${unknown}"${didYouMean(unknown, changeKinds)}`);
  if (kinds.length > 0 && strings(args, "against").length === 0)
    throw new UsageError("--fail-on needs --against: results to compare with");
  return kinds as ChangeKind[];
}

function resultsFiles(named: readonly string[]): string[] {
  return existing(named.length > 0 ? named : [defaultResults]);
}

function existing(named: readonly string[]): string[] {
  const files = named.map((file) => resolve(file));
  const missing = files.find((file) => !existsSync(file));
  if (missing) throw new UsageError(`there are no results in ${missing}`);
  return files;
}
