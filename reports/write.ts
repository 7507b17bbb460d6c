import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Merged } from "../harness/run/merge-results.ts";
import { renderPage } from "./page.tsx";

/** Write the page; returns where it is. */
export function writeReport(merged: Merged, file: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, renderPage(merged));
  return file;
}
