/**
 * What one run appended to a results file is a segment of it: the lines from its `run` line to the next one. Segments are
 * found first and read later, in an order that the caller chooses, so that no result needs to be kept that another replaces.
 */
import { parseResultLine } from "../harness/run/read-results.ts";
import type { ResultLine, RunResult } from "../harness/run/results.ts";
import { linesOf, type Source } from "./source.ts";

export interface Segment {
  readonly source: Source;
  /** Undefined above the first `run` line, and below one that cannot be read. */
  readonly run: RunResult | undefined;
  /** Of its first line, counted from 1. */
  readonly number: number;
  /** Bytes: where it begins, and where the next one does. */
  readonly start: number;
  readonly end: number;
}

/** A line of a results file that could not be read. */
export interface UnreadLine {
  readonly file: string;
  /** Counted from 1. */
  readonly number: number;
  readonly message: string;
}

/** Quotes inside of strings are escaped, so this is never part of one. */
const runLine = /"kind"\s*:\s*"run"/;

export function findSegments(source: Source): Segment[] {
  const starts: Pick<Segment, "run" | "number" | "start">[] = [];
  let number = 0;
  let end = 0;
  for (const { bytes, start } of linesOf(source)) {
    number += 1;
    end = start + bytes.length + 1;
    // A run line is short; to look for it in all of a long one would take time.
    const head = bytes.subarray(0, 200);
    const run = runLine.test(decode(head)) ? parseResultLine(decode(bytes)) : undefined;
    if (run === undefined && starts.length > 0) continue;
    starts.push({ run: typeof run === "object" && run.kind === "run" ? run : undefined, number, start });
  }
  return starts.map((segment, index) => ({ source, ...segment, end: starts[index + 1]?.start ?? end }));
}

export function* readSegment({ source, number, start, end }: Segment): Generator<ResultLine | UnreadLine> {
  let current = number;
  for (const { bytes } of linesOf(source, start, end)) {
    const text = decode(bytes);
    const line = text.trim() === "" ? null : parseResultLine(text);
    if (typeof line === "string") yield { file: source.name, number: current, message: line };
    else if (line) yield line;
    current += 1;
  }
}

const decoder = new TextDecoder();
const decode = (bytes: Uint8Array) => decoder.decode(bytes);
