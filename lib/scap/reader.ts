import { type Pointer, ptr } from "bun:ffi";
import type { ScapBatch } from "./batch.ts";
import { ScapError } from "./error.ts";
import type { ScapEvent } from "./event.ts";
import { libscap } from "./ffi.ts";
import { ScapHandle } from "./handle.ts";
import { cString, fixedBytes, openHandle, ownCopy } from "./native.ts";

/**
 * A capture, plain or gzip: a file's path, an open descriptor (file, pipe or socket; it is not closed), or the bytes. Reading
 * from a pipe blocks until its writer has written.
 */
export type ScapSource = { readonly path: string } | { readonly fd: number } | { readonly bytes: Uint8Array };

export interface ReadOptions {
  /** Events as the file has them. Otherwise old ones are shown as the events of today: see scap_set_raw() of scap.h. */
  readonly raw?: boolean;
}

export interface FileInfo {
  /** Uncompressed bytes read so far. */
  readonly offset: bigint;
  /** Blocks, and events, that this build does not know; they were skipped. */
  readonly skippedBlocks: bigint;
  readonly unknownEvents: bigint;
  /** Old events that could not be upgraded: shown as they are. */
  readonly unconvertedEvents: bigint;
  readonly sections: number;
  /** Entries of the lists before the events. */
  readonly interfaces: number;
  readonly users: number;
  readonly processes: number;
  readonly fds: number;
  /** List entries of a type that this build does not know: fds among them are `unsupported`, others left out. */
  readonly unknownEntries: number;
}

/** Captures in memory that C reads from: they must not be collected before their reader is closed. */
const lent = new Map<ScapReader, Uint8Array>();

/**
 * Reads a capture file: `using reader = ScapReader.open({ path })`.
 *
 * A damaged or cut file gives every whole event before the damage, then throws {@link ScapError}.
 */
export class ScapReader extends ScapHandle implements Iterable<ScapEvent> {
  private constructor(handle: Pointer) {
    super(handle, "reader");
  }

  /** @throws {ScapError} if there is no such file, or it is no capture. */
  static open(source: ScapSource, options: ReadOptions = {}): ScapReader {
    const reader = ScapReader.#openSource(source);
    if (options.raw) reader.check(libscap().scap_set_raw(reader.open, 1));
    return reader;
  }

  static #openSource(source: ScapSource): ScapReader {
    const { scap_open_file, scap_open_memory } = libscap();
    if ("path" in source) {
      const path = cString(source.path);
      return new ScapReader(openHandle((out, err) => scap_open_file(ptr(path), out, err)));
    }
    if ("fd" in source) {
      const { scap_open_fd } = libscap();
      return new ScapReader(openHandle((out, err) => scap_open_fd(source.fd, out, err)));
    }
    const { length } = source.bytes;
    if (length === 0) throw new ScapError(5, "not a .scap file: it is empty");
    const bytes = ownCopy(source.bytes);
    const handle = openHandle((out, err) => scap_open_memory(ptr(bytes), length, out, err));
    const reader = new ScapReader(handle);
    lent.set(reader, bytes);
    return reader;
  }

  *batches(): Generator<ScapBatch> {
    for (let batch = this.next(); batch; batch = this.next()) yield batch;
  }

  /** Every event; one view moves along, so keep `event.copy()`. */
  *[Symbol.iterator](): Generator<ScapEvent> {
    for (const batch of this.batches()) yield* batch;
  }

  fileInfo(): FileInfo {
    const bytes = fixedBytes(56);
    this.check(libscap().scap_get_file_info(this.open, ptr(bytes)));
    const view = new DataView(bytes.buffer);
    const [sections, interfaces, users, processes, fds, unknownEntries] = [32, 36, 40, 44, 48, 52].map((at) =>
      view.getUint32(at, true),
    ) as [number, number, number, number, number, number];
    return {
      offset: view.getBigUint64(0, true),
      skippedBlocks: view.getBigUint64(8, true),
      unknownEvents: view.getBigUint64(16, true),
      unconvertedEvents: view.getBigUint64(24, true),
      sections,
      interfaces,
      users,
      processes,
      fds,
      unknownEntries,
    };
  }

  override close(): void {
    super.close();
    lent.delete(this);
  }
}

/** All events of a capture, each in memory of its own. @throws {ScapError} */
export function readEvents(source: ScapSource, options: ReadOptions = {}): ScapEvent[] {
  using reader = ScapReader.open(source, options);
  return Array.from(reader, (event) => event.copy());
}
