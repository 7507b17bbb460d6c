import type { CaseResult } from "../harness/run/results.ts";
import { usualRepro } from "./cells.ts";

/** What the report tells about a pass, and no more: nearly all results are passes, and there are hundreds of thousands. */
export class Pass implements CaseResult {
  readonly target: string;
  readonly case: string;
  readonly syscall: string;
  readonly ms: number;
  declare readonly lost?: number;

  constructor({ target, case: id, syscall, ms, lost }: CaseResult) {
    this.target = shared(target);
    this.case = shared(id);
    this.syscall = shared(syscall);
    this.ms = ms;
    if (lost) this.lost = lost;
  }

  get kind() {
    return "case" as const;
  }

  get outcome() {
    return "pass" as const;
  }

  get repro() {
    return usualRepro(this);
  }
}

const known = new Map<string, string>();

/** Each line brings strings of its own; the same few names stand in all of them. */
function shared(text: string): string {
  return known.getOrInsertComputed(text, () => text);
}
