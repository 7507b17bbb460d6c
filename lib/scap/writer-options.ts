/** What a writer writes to, and how. */
import { fixedBytes } from "./native.ts";

/** When a file is full; at least one of the first three. */
export interface Rotation {
  /** Bytes of the file on disk; with gzip, what the compressor still holds may come on top. */
  readonly maxBytes?: number;
  readonly maxEvents?: number;
  /** Nanoseconds from the first event of the file, by the events' times. */
  readonly maxNs?: number | bigint;
  /** Keep the newest so many files. */
  readonly maxFiles?: number;
}

export interface WriterOptions {
  /** A file ("-": standard output); in memory if both this and `fd` are absent. */
  readonly path?: string;
  /** An open file, pipe or socket; it stays open when the writer is closed. */
  readonly fd?: number;
  readonly gzip?: boolean;
  /** Of the file's integers; that of this machine if absent. */
  readonly byteOrder?: "little" | "big";
  /** Files `path.000001`, `path.000002`, … instead of `path`. */
  readonly rotation?: Rotation;
}

export function writerFlags({ gzip, byteOrder }: WriterOptions): number {
  return (gzip ? 1 : 0) | (byteOrder === "big" ? 2 : byteOrder === "little" ? 4 : 0);
}

/** `struct scap_rotation` */
export function rotationBytes({ maxBytes = 0, maxEvents = 0, maxNs = 0, maxFiles = 0 }: Rotation) {
  const bytes = fixedBytes(32);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(4, maxFiles, true);
  view.setBigUint64(8, BigInt(maxBytes), true);
  view.setBigUint64(16, BigInt(maxEvents), true);
  view.setBigUint64(24, BigInt(maxNs), true);
  return bytes;
}
