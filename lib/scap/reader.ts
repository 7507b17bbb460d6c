import { type Pointer, ptr, toArrayBuffer } from "bun:ffi";
import { ScapBatch } from "./batch.ts";
import { ScapError, Status } from "./error.ts";
import type { ScapEvent } from "./event.ts";
import { type Fd, fdFrom, fdSize } from "./fd.ts";
import { libscap } from "./ffi.ts";
import { listsSize } from "./list-builder.ts";
import { ListView } from "./list-view.ts";
import { type MachineInfo, machineInfoFrom, machineInfoSize } from "./machine.ts";
import {
  type Group,
  groupFrom,
  groupSize,
  type Interface,
  interfaceFrom,
  interfaceSize,
  type User,
  userFrom,
  userSize,
} from "./machine-lists.ts";
import { cString, fixedBytes, openHandle, ownCopy } from "./native.ts";
import { type Thread, threadFrom, threadSize } from "./thread.ts";

/** A capture, plain or gzip: a file's path, or its bytes. */
export type ScapSource = { readonly path: string } | { readonly bytes: Uint8Array };

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

type ListFunction =
  | "scap_threads"
  | "scap_fds"
  | "scap_interfaces"
  | "scap_users"
  | "scap_groups"
  | "scap_texts";

const batchBytes = 1 << 20;

/** Captures in memory that C reads from, by handle: they must not be collected before scap_close(). */
const lent = new Map<Pointer, Uint8Array>();

/**
 * Reads a capture file: `using reader = ScapReader.open({ path })`.
 *
 * A damaged or cut file gives every whole event before the damage, then throws {@link ScapError}.
 */
export class ScapReader implements Iterable<ScapEvent>, Disposable {
  #handle: Pointer | null;
  #arena = fixedBytes(batchBytes);
  readonly #result = fixedBytes(16);
  readonly #resultView = new DataView(this.#result.buffer);

  private constructor(handle: Pointer) {
    this.#handle = handle;
  }

  /** @throws {ScapError} if there is no such file, or it is no capture. */
  static open(source: ScapSource, options: ReadOptions = {}): ScapReader {
    const reader = ScapReader.#openSource(source);
    if (options.raw) reader.#check(libscap().scap_set_raw(reader.#open, 1));
    return reader;
  }

  static #openSource(source: ScapSource): ScapReader {
    const { scap_open_file, scap_open_memory } = libscap();
    if ("path" in source) {
      const path = cString(source.path);
      return new ScapReader(openHandle((out, err) => scap_open_file(ptr(path), out, err)));
    }
    const { length } = source.bytes;
    if (length === 0) throw new ScapError(5, "not a .scap file: it is empty");
    const bytes = ownCopy(source.bytes);
    const handle = openHandle((out, err) => scap_open_memory(ptr(bytes), length, out, err));
    lent.set(handle, bytes);
    return new ScapReader(handle);
  }

  /** The next batch, or null at the end. @throws {ScapError} */
  next(): ScapBatch | null {
    const handle = this.#open;
    const status = libscap().scap_next_batch(
      handle,
      ptr(this.#arena),
      this.#arena.length,
      ptr(this.#result),
      ptr(this.#result, 8),
    );
    if (status === Status.EOF) return null;
    if (status === Status.BUFFER_TOO_SMALL) {
      this.#arena = fixedBytes(this.#arena.length * 2);
      return this.next();
    }
    this.#check(status);
    const used = this.#resultView.getUint32(0, true);
    return new ScapBatch(this.#arena, used, this.#resultView.getUint32(8, true));
  }

  *batches(): Generator<ScapBatch> {
    for (let batch = this.next(); batch; batch = this.next()) yield batch;
  }

  /** Every event; one view moves along, so keep `event.copy()`. */
  *[Symbol.iterator](): Generator<ScapEvent> {
    for (const batch of this.batches()) yield* batch;
  }

  /** null if the file has none. */
  machineInfo(): MachineInfo | null {
    const bytes = fixedBytes(machineInfoSize);
    const status = libscap().scap_machine_info(this.#open, ptr(bytes));
    return status === Status.OK ? machineInfoFrom(bytes) : null;
  }

  fileInfo(): FileInfo {
    const bytes = fixedBytes(56);
    this.#check(libscap().scap_get_file_info(this.#open, ptr(bytes)));
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

  /**
   * The lists below belong to the section of the last batch (before the first: to the first section). In a concatenated
   * file they change when `fileInfo().sections` does; a batch never spans sections.
   */
  threads(): Thread[] {
    return this.#list("scap_threads", threadSize, threadFrom);
  }

  /** Descriptors of all threads, each with its thread's tid. */
  fds(): Fd[] {
    return this.#list("scap_fds", fdSize, fdFrom);
  }

  interfaces(): Interface[] {
    return this.#list("scap_interfaces", interfaceSize, interfaceFrom);
  }

  users(): User[] {
    return this.#list("scap_users", userSize, userFrom);
  }

  groups(): Group[] {
    return this.#list("scap_groups", groupSize, groupFrom);
  }

  /** `struct scap_lists` of all of them, valid until the next reading call: for ScapWriter.copyState(). */
  packedLists(): Uint8Array<ArrayBuffer> {
    const bytes = fixedBytes(listsSize);
    this.#check(libscap().scap_get_lists(this.#open, ptr(bytes)));
    return bytes;
  }

  #list<T>(name: ListFunction, size: number, from: (items: ListView, at: number) => T): T[] {
    const items = this.#array(name, size);
    const view = new ListView(items, this.#array("scap_texts", 1));
    return Array.from({ length: items.length / size }, (_, i) => from(view, i * size));
  }

  /** A view of an array in C's memory, valid until the next reading call. */
  #array(name: ListFunction, size: number): Uint8Array {
    const out = fixedBytes(16);
    this.#check(libscap()[name](this.#open, ptr(out), ptr(out, 8)));
    const view = new DataView(out.buffer);
    const [at, count] = [Number(view.getBigUint64(0, true)), Number(view.getBigUint64(8, true))];
    if (count === 0) return new Uint8Array(0);
    return new Uint8Array(toArrayBuffer(at as Pointer, 0, count * size));
  }

  close(): void {
    if (this.#handle === null) return;
    libscap().scap_close(this.#handle);
    lent.delete(this.#handle);
    this.#handle = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  get #open(): Pointer {
    if (this.#handle === null) throw new Error("the reader is closed");
    return this.#handle;
  }

  #check(status: number): void {
    if (status !== Status.OK) throw new ScapError(status, String(libscap().scap_last_error(this.#open)));
  }
}

/** All events of a capture, each in memory of its own. @throws {ScapError} */
export function readEvents(source: ScapSource, options: ReadOptions = {}): ScapEvent[] {
  using reader = ScapReader.open(source, options);
  return Array.from(reader, (event) => event.copy());
}
