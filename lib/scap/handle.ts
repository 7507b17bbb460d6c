/** What a file and a live capture have in common: batches, machine info, lists. */
import { type Pointer, ptr, toArrayBuffer } from "bun:ffi";
import { ScapBatch } from "./batch.ts";
import { ScapError, Status } from "./error.ts";
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
import { fixedBytes } from "./native.ts";
import { type Thread, threadFrom, threadSize } from "./thread.ts";

type ListFunction =
  | "scap_threads"
  | "scap_fds"
  | "scap_interfaces"
  | "scap_users"
  | "scap_groups"
  | "scap_texts";

/** With the reader's window (256 KiB) it stays in the second-level cache: 5 % of an inspector's time, against 1 MiB. */
const batchBytes = 1 << 18;

/** `struct scap *`, until it is closed. */
export abstract class ScapHandle implements Disposable {
  #handle: Pointer | null;
  #arena = fixedBytes(batchBytes);
  readonly #result = fixedBytes(16);
  readonly #resultView = new DataView(this.#result.buffer);
  /** For messages: "reader", "capture". */
  readonly #kind: string;

  protected constructor(handle: Pointer, kind: string) {
    this.#handle = handle;
    this.#kind = kind;
  }

  /** The next batch, or null if there is none: at the end of a file, or at this time. @throws {ScapError} */
  next(): ScapBatch | null {
    const handle = this.open;
    const status = libscap().scap_next_batch(
      handle,
      ptr(this.#arena),
      this.#arena.length,
      ptr(this.#result),
      ptr(this.#result, 8),
    );
    if (status === Status.EOF || status === Status.TIMEOUT) return null;
    if (status === Status.BUFFER_TOO_SMALL) {
      this.#arena = fixedBytes(this.#arena.length * 2);
      return this.next();
    }
    this.check(status);
    const used = this.#resultView.getUint32(0, true);
    return new ScapBatch(this.#arena, used, this.#resultView.getUint32(8, true));
  }

  /** Of a live capture: this machine's. null if a file has none. */
  machineInfo(): MachineInfo | null {
    const bytes = fixedBytes(machineInfoSize);
    const status = libscap().scap_machine_info(this.open, ptr(bytes));
    return status === Status.OK ? machineInfoFrom(bytes) : null;
  }

  /**
   * The lists below are, of a file, those of the section of the last batch (before the first: of the first section). In a
   * concatenated file they change when `fileInfo().sections` does; a batch never spans sections. Of a live capture they are
   * what scan() found. @throws {ScapError} NOT_FOUND before the first scan()
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
    this.check(libscap().scap_get_lists(this.open, ptr(bytes)));
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
    this.check(libscap()[name](this.open, ptr(out), ptr(out, 8)));
    const view = new DataView(out.buffer);
    const [at, count] = [Number(view.getBigUint64(0, true)), Number(view.getBigUint64(8, true))];
    if (count === 0) return new Uint8Array(0);
    return new Uint8Array(toArrayBuffer(at as Pointer, 0, count * size));
  }

  close(): void {
    if (this.#handle === null) return;
    libscap().scap_close(this.#handle);
    this.#handle = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  protected get open(): Pointer {
    if (this.#handle === null) throw new Error(`the ${this.#kind} is closed`);
    return this.#handle;
  }

  protected check(status: number): void {
    if (status !== Status.OK) throw new ScapError(status, String(libscap().scap_last_error(this.open)));
  }
}
