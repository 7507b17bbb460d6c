/** Results files, read piece by piece: a file may be larger than what fits in memory as text. */
import { closeSync, openSync, readSync } from "node:fs";
import { type BrokenLine, parseResultLine } from "../harness/run/read-results.ts";
import type { ResultLine, RunResult } from "../harness/run/results.ts";
import { Pass } from "./pass.ts";

/** What one run appended to a file: the lines from its `run` line to the next one. */
export interface Segment {
  /** Undefined for lines above the first `run` line. */
  readonly run: RunResult | undefined;
  readonly lines: Exclude<ResultLine, RunResult>[];
}

export interface ResultsFile {
  readonly segments: readonly Segment[];
  readonly broken: readonly BrokenLine[];
}

export function readResultsFile(file: string): ResultsFile {
  return readSegments(linesOf(file));
}

/** @param lines the text lines of a results file, in order */
export function readSegments(lines: Iterable<string>): ResultsFile {
  const segments: Segment[] = [];
  const broken: BrokenLine[] = [];
  let number = 0;
  for (const text of lines) {
    number += 1;
    if (text.trim() === "") continue;
    const line = parseResultLine(text);
    if (typeof line === "string") broken.push({ number, message: line });
    else if (line.kind === "run") segments.push({ run: line, lines: [] });
    else {
      if (segments.length === 0) segments.push({ run: undefined, lines: [] });
      segments.at(-1)!.lines.push(line.kind === "case" && line.outcome === "pass" ? new Pass(line) : line);
    }
  }
  return { segments, broken };
}

function* linesOf(file: string): Generator<string> {
  const fd = openSync(file, "r");
  try {
    const decoder = new TextDecoder();
    const chunk = new Uint8Array(1 << 20);
    let rest = "";
    for (let size = readSync(fd, chunk); size > 0; size = readSync(fd, chunk)) {
      const lines = (rest + decoder.decode(chunk.subarray(0, size), { stream: true })).split("\n");
      rest = lines.pop()!;
      yield* lines;
    }
    yield rest + decoder.decode();
  } finally {
    closeSync(fd);
  }
}
