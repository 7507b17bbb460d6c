import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { compare } from "./changes.ts";
import { badgeSvg, badges, shieldsEndpoint } from "./formats/badges.ts";
import { junitXml } from "./formats/junit.ts";
import { resultsJson } from "./formats/results-json.ts";
import { summaryMarkdown } from "./formats/summary-md.ts";
import { type LogPlace, writeLogs } from "./logs.ts";
import { mergeFiles } from "./merge.ts";
import { readResultsFile } from "./read.ts";
import { makeReport, type Report } from "./report.ts";
import { buildScript } from "./script.ts";
import { renderPage } from "./views/page.tsx";

export interface WrittenReport {
  readonly report: Report;
  /** Where the page is. */
  readonly page: string;
}

export interface WriteOptions {
  /** Results files to compare with. */
  readonly against?: readonly string[];
  /** Default inside. */
  readonly logs?: LogPlace;
}

/** @param files results files, in any order */
export function readReport(files: readonly string[], { against = [], logs }: WriteOptions = {}): Report {
  const { results, unread } = readAll(files);
  const place = logs ? { logs } : {};
  if (against.length === 0) return makeReport(results, { unread, ...place });
  const old = readAll(against);
  const changes = compare(old.results, results);
  return makeReport(results, { unread: [...unread, ...old.unread], changes, ...place });
}

function readAll(files: readonly string[]) {
  const read = files.map((file) => ({ file, ...readResultsFile(file) }));
  const unread = read.flatMap(({ file, broken }) => broken.map((line) => ({ file, ...line })));
  return { results: mergeFiles(read), unread };
}

/**
 * Write the page, and beside it results.json, summary.md, junit.xml and badges.
 * @param files results files, in any order
 */
export async function writeReport(
  files: readonly string[],
  page: string,
  options: WriteOptions = {},
): Promise<WrittenReport> {
  const report = readReport(files, options);
  const dir = dirname(page);
  mkdirSync(dir, { recursive: true });
  writeFileSync(page, renderPage(report, await buildScript()));
  writeFileSync(join(dir, "results.json"), resultsJson(report));
  writeFileSync(join(dir, "summary.md"), summaryMarkdown(report));
  writePieces(join(dir, "junit.xml"), junitXml(report));
  if (report.logs === "beside") writeLogs(dir, report.problems);
  for (const badge of badges(report.grid)) {
    writeFileSync(join(dir, `${badge.name}.svg`), badgeSvg(badge));
    writeFileSync(join(dir, `${badge.name}.json`), shieldsEndpoint(badge));
  }
  return { report, page };
}

function writePieces(file: string, pieces: Iterable<string>): void {
  const fd = openSync(file, "w");
  try {
    for (const piece of pieces) writeSync(fd, piece);
  } finally {
    closeSync(fd);
  }
}
