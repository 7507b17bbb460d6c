import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { mergeFiles } from "./merge.ts";
import { readResultsFile } from "./read.ts";
import { makeReport, type Report } from "./report.ts";
import { renderPage } from "./views/page.tsx";

export interface WrittenReport {
  readonly report: Report;
  /** Where the page is. */
  readonly page: string;
}

/** @param files results files, in any order */
export function readReport(files: readonly string[]): Report {
  const read = files.map((file) => ({ file, ...readResultsFile(file) }));
  const unread = read.flatMap(({ file, broken }) => broken.map((line) => ({ file, ...line })));
  return makeReport(mergeFiles(read), unread);
}

/**
 * Write the page, and what stands beside it.
 * @param files results files, in any order
 */
export async function writeReport(files: readonly string[], page: string): Promise<WrittenReport> {
  const report = readReport(files);
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, renderPage(report));
  return { report, page };
}
