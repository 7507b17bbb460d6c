import type { FilterError } from "./error.ts";

/** What of a long line is shown on either side of the error. */
const margin = 60;

/**
 * The error with the line it is in and a caret below.
 *
 * ```
 * filter: there is no field proc.nam (UNKNOWN_FIELD)
 *   1 | evt.type = open and proc.nam = cat
 *     |                     ^~~~~~~~
 *   did you mean proc.name?
 * ```
 */
export function pretty(error: FilterError): string {
  const { where, reason, code, text, line, column, length, hint } = error;
  const whole = text.split(/[\r\n]/)[line - 1]!;
  const from = Math.max(0, column - 1 - margin);
  const shown = whole.slice(from, column - 1 + margin);
  const before = (from > 0 ? "…" : "") + shown.slice(0, column - 1 - from);
  const after = shown.slice(column - 1 - from) + (from + shown.length < whole.length ? "…" : "");
  const marked = Math.max(1, Math.min(length, shown.length - (column - 1 - from)));
  const gutter = `${line}`.padStart(3);
  const lines = [
    `${where}: ${plain(reason)} (${code})`,
    `${gutter} | ${plain(before)}${plain(after)}`,
    `    | ${" ".repeat(plain(before).length)}^${"~".repeat(marked - 1)}`,
  ];
  if (hint) lines.push(`  ${plain(hint)}`);
  return lines.join("\n");
}

/** A terminal must not obey what a filter contains. */
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cs}]/gu, "\u{FFFD}");
