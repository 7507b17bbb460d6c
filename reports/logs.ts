/** The long texts of what did not pass: compressed inside of the page, or plain files beside it that it links to. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { reproId } from "../harness/run/repro.ts";
import type { CaseResult } from "../harness/run/results.ts";
import type { Problem } from "./problems.ts";

export const logPlaces = ["inside", "beside"] as const;
export type LogPlace = (typeof logPlaces)[number];

/** Whether there is more to tell of it than its reason. */
export function hasLog({ diff, program, raw, console }: CaseResult): boolean {
  return Boolean(diff || program || raw?.length || console);
}

/** Of a result's file, relative to the page: `logs/x86_64/debian-6.12/kmod/openat/creates-a-file.txt` */
export function logPath({ target, case: id }: CaseResult): string {
  return ["logs", ...`${target}/${id}`.split("/").map(fileName)].join("/").concat(".txt");
}

/** Results may name anything; a name that is no plain one gets the hash of what it was. */
function fileName(part: string): string {
  const plain = part.replaceAll(/[^\w.@-]/g, "_").replace(/^\.+/, "_");
  return plain && plain === part && part.length <= 200
    ? part
    : `${plain.slice(0, 100)}-${Bun.hash.crc32(part).toString(16)}`;
}

export function writeLogs(directory: string, problems: readonly Problem[]): void {
  for (const { results } of problems)
    for (const result of results.filter(hasLog)) {
      const file = join(directory, logPath(result));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, logText(result));
    }
}

/** Everything that the results say of it, for people. */
export function logText(result: CaseResult): string {
  const { outcome, cause, reason, diff, program, raw, console, repro } = result;
  const parts: [string, string | undefined][] = [
    ["difference", diff],
    ["program", program],
    ["events, raw", raw?.join("\n")],
    ["console", console],
    ["repeat", repro],
  ];
  const head = [outcome, cause, reason].filter(Boolean).join(": ");
  const body = parts.flatMap(([title, text]) => (text ? [`\n== ${title}\n${text}`] : []));
  return `${[`${reproId(result)}\n${head}`, ...body].join("\n")}\n`;
}
