/** Progress of a run on standard error: one live line on a terminal, plain lines elsewhere. */
import type { CaseResult } from "../run/results.ts";
import { caseLine } from "./summary.ts";

export interface Progress {
  start(target: string): void;
  result(result: CaseResult): void;
  end(target: string, ms: number): void;
  /** A line that stays. */
  note(text: string): void;
  done(): void;
}

export interface Sink {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const eraseLine = "\r\x1b[K";

export function makeProgress(total: number, sink: Sink = process.stderr): Progress {
  const running = new Set<string>();
  const live = sink.isTTY === true;
  let finished = 0;
  let notPassed = 0;
  const draw = () => {
    if (!live) return;
    const line = `${finished}/${total} cases, ${notPassed} not passed; ${[...running].join(", ")}`;
    sink.write(eraseLine + line.slice(0, (sink.columns ?? 80) - 1));
  };
  const note = (text: string) => {
    sink.write(`${live ? eraseLine : ""}${text}\n`);
    draw();
  };
  return {
    note,
    start(target) {
      running.add(target);
      if (live) draw();
      else note(`start  ${target}`);
    },
    result(result) {
      finished++;
      if (result.outcome === "fail" || result.outcome === "flaky") note(caseLine(result));
      if (result.outcome !== "pass") notPassed++;
      draw();
    },
    end(target, ms) {
      running.delete(target);
      if (live) draw();
      else note(`end    ${target}  ${(ms / 1000).toFixed(1)} s`);
    },
    done() {
      if (live) sink.write(eraseLine);
    },
  };
}
