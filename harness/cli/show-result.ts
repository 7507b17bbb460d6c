/** One result in full, as `repro` prints it. */
import { ScapEvent } from "../../lib/scap/index.ts";
import type { CaseResult } from "../run/results.ts";
import { capturedEvent } from "../run/run-case.ts";
import { showEvent } from "../run/show.ts";
import { paint } from "./outcome-style.ts";

export function showResult(result: CaseResult): string {
  const { outcome, target, case: id, ms, reason, program, raw, diff, console } = result;
  const head = `${paint(outcome)}  ${target}:${id}  ${ms.toFixed(0)} ms${reason ? `\n${reason}` : ""}`;
  const parts = [
    ["program", program],
    ["events", raw?.map(eventLines).join("\n")],
    ["expected against got", diff],
    ["console", console],
  ] as const;
  const shown = parts.flatMap(([title, text]) => (text ? [`${title}:\n${text.trimEnd()}`] : []));
  return [head, ...shown].join("\n\n");
}

/** An event in words, and its bytes below. */
function eventLines(hex: string): string {
  const event = ScapEvent.from(new Uint8Array(Buffer.from(hex, "hex")));
  return `${showEvent(capturedEvent(event))}\n  ${hex}`;
}
