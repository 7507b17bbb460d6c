/** Where results are read from, line by line: a file may be larger than what fits in memory. */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

export interface Source {
  /** What people call it. */
  readonly name: string;
  /** Bytes from one place to before another, in pieces that are valid until the next one is asked for. */
  read(from: number, to: number): Iterable<Uint8Array>;
}

export interface Line {
  /** Without its end; valid until the next line is asked for. */
  readonly bytes: Uint8Array;
  /** Where it begins in the source. */
  readonly start: number;
}

/** @throws if it cannot be read twice, as a pipe */
export function fileSource(name: string): Source {
  return { name, read: (from, to) => readFile(name, from, to) };
}

export function textSource(name: string, text: string): Source {
  const bytes = Buffer.from(text);
  return { name, read: (from, to) => [bytes.subarray(from, to)] };
}

function* readFile(name: string, from: number, to: number): Generator<Uint8Array> {
  const fd = openSync(name, "r");
  try {
    if (!fstatSync(fd).isFile()) throw new Error(`${name} is no regular file: results are read twice`);
    const chunk = new Uint8Array(1 << 20);
    let at = from;
    while (at < to) {
      const size = readSync(fd, chunk, 0, Math.min(chunk.length, to - at), at);
      if (size === 0) return;
      yield chunk.subarray(0, size);
      at += size;
    }
  } finally {
    closeSync(fd);
  }
}

const newline = 10;

export function* linesOf(source: Source, from = 0, to = Number.POSITIVE_INFINITY): Generator<Line> {
  let rest = new Uint8Array(0);
  let start = from;
  for (const piece of source.read(from, to)) {
    let bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline)) {
      yield { bytes: bytes.subarray(0, end), start };
      start += end + 1;
      bytes = bytes.subarray(end + 1);
    }
    rest = Uint8Array.from(bytes);
  }
  if (rest.length > 0) yield { bytes: rest, start };
}
