/** How outcomes look on a terminal. */
import { styleText } from "node:util";
import type { Outcome } from "../run/results.ts";

const formats = {
  pass: "green",
  fail: "red",
  flaky: "red",
  "infra-error": "magenta",
  "not-run": "magenta",
  unsupported: "yellow",
  skipped: "yellow",
} as const satisfies Record<Outcome, string>;

/** Coloured if standard output is a terminal and NO_COLOR is not set. */
export function paint(outcome: Outcome, text: string = outcome): string {
  return styleText(formats[outcome], text, { stream: process.stdout });
}
