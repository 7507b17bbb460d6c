import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { badgeSvg, badges, shieldsEndpoint } from "./formats/badges.ts";
import { junitXml } from "./formats/junit.ts";
import { resultsJson } from "./formats/results-json.ts";
import { summaryMarkdown } from "./formats/summary-md.ts";
import { type LogPlace, writeLogs } from "./logs.ts";
import { type Measured, mergeSources } from "./merge.ts";
import { makeReport, type Report } from "./report.ts";
import { buildScript } from "./script.ts";
import { fileSource } from "./source.ts";
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
  return makeReport(readAll(files), against.length > 0 ? readAll(against) : null, logs);
}

function readAll(files: readonly string[]): Measured {
  return mergeSources([...new Set(files)].map(fileSource));
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
  writePieces(join(dir, "results.json"), resultsJson(report));
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
