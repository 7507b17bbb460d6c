import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { compare } from "./changes.ts";
import { badgeSvg, badges, shieldsEndpoint } from "./formats/badges.ts";
import { junitXml } from "./formats/junit.ts";
import { resultsJson } from "./formats/results-json.ts";
import { summaryMarkdown } from "./formats/summary-md.ts";
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

/**
 * @param files results files, in any order
 * @param against results files to compare with
 */
export function readReport(files: readonly string[], against: readonly string[] = []): Report {
  const now = readAll(files);
  if (against.length === 0) return makeReport(now.results, now.unread);
  const old = readAll(against);
  return makeReport(now.results, [...now.unread, ...old.unread], compare(old.results, now.results));
}

function readAll(files: readonly string[]) {
  const read = files.map((file) => ({ file, ...readResultsFile(file) }));
  const unread = read.flatMap(({ file, broken }) => broken.map((line) => ({ file, ...line })));
  return { results: mergeFiles(read), unread };
}

/**
 * Write the page, and beside it results.json, summary.md, junit.xml and badges.
 * @param files results files, in any order
 * @param against results files to compare with
 */
export async function writeReport(
  files: readonly string[],
  page: string,
  against: readonly string[] = [],
): Promise<WrittenReport> {
  const report = readReport(files, against);
  const dir = dirname(page);
  mkdirSync(dir, { recursive: true });
  writeFileSync(page, renderPage(report, await buildScript()));
  writeFileSync(join(dir, "results.json"), resultsJson(report));
  writeFileSync(join(dir, "summary.md"), summaryMarkdown(report));
  writePieces(join(dir, "junit.xml"), junitXml(report));
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
