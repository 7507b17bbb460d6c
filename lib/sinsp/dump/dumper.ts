/** Writes what an inspector sees as a capture file. */

import type { Interface } from "../../scap/index.ts";
import { type Rotation, ScapBatch, type ScapEvent, ScapWriter } from "../../scap/index.ts";
import type { SinspEvent } from "../event.ts";
import type { State } from "../state/state.ts";
import { listsOf } from "./lists.ts";

export interface DumpOptions {
  /** Only the events that it matches. */
  readonly filter?: (event: SinspEvent) => boolean;
  /**
   * Also those that a filter leaves out, and that change the state, marked as such: who reads the file has the whole state
   * and is shown only what the filter matched.
   */
  readonly stateOnly?: boolean;
  readonly gzip?: boolean;
  /** A series of files, each with the state of the moment at its head. */
  readonly rotation?: Rotation;
}

/** What stands at the head of a file. */
export interface Head {
  readonly state: State;
  readonly interfaces: readonly Interface[];
}

/** Flag of an event that only changes the state. */
const stateOnlyFlag = 1;
/** Of a record's flags the byte with that one. */
const flagsOffset = 8;

const bufferBytes = 1 << 18;

export class Dumper implements Disposable {
  readonly #writer: ScapWriter;
  readonly #options: DumpOptions;
  readonly #onClose: (dumper: Dumper) => void;
  /** Records that the writer gets in one call. */
  #bytes = new Uint8Array(new ArrayBuffer(bufferBytes));
  #used = 0;
  #count = 0;
  /** Events written so far, those that only change the state included. */
  events = 0;

  /** @throws {ScapError} if the file cannot be made. */
  constructor(path: string | undefined, options: DumpOptions, head: Head, onClose: (dumper: Dumper) => void) {
    const { gzip = false, rotation } = options;
    this.#writer = ScapWriter.open({
      gzip,
      ...(path !== undefined && { path }),
      ...(rotation && { rotation }),
    });
    this.#options = options;
    this.#onClose = onClose;
    this.#writeHead(head);
  }

  #writeHead({ state, interfaces }: Head): void {
    if (state.machine) this.#writer.machineInfo(state.machine);
    this.#writer.lists(listsOf(state, interfaces));
  }

  /** The inspector has come to another capture in the same file. */
  section(head: Head): void {
    this.#flush();
    this.#writer.section();
    this.#writeHead(head);
  }

  /** Before the event changes the state. */
  before(event: ScapEvent, head: () => Head): void {
    if (!this.#options.rotation) return;
    this.#flush();
    if (!this.#writer.due(event)) return;
    this.#writer.rotate();
    this.#writeHead(head());
  }

  /** @param shown whether the event is one that users see */
  take(event: SinspEvent, shown: boolean): void {
    const { filter, stateOnly = false } = this.#options;
    const { raw } = event;
    if (!filter || (shown && filter(event))) this.#put(raw, raw.flags);
    else if (stateOnly && (!shown || event.has("MODIFIES_STATE"))) this.#put(raw, raw.flags | stateOnlyFlag);
  }

  #put(event: ScapEvent, flags: number): void {
    const { record } = event;
    if (this.#used + record.length > this.#bytes.length) this.#flush();
    if (record.length > this.#bytes.length) this.#bytes = new Uint8Array(new ArrayBuffer(2 * record.length));
    this.#bytes.set(record, this.#used);
    this.#bytes[this.#used + flagsOffset] = flags & 0xff;
    this.#used += record.length;
    this.#count++;
    this.events++;
  }

  #flush(): void {
    if (this.#used > 0) this.#writer.batch(new ScapBatch(this.#bytes, this.#used, this.#count));
    this.#used = this.#count = 0;
  }

  /** Without a path: the capture so far, complete as a file. */
  bytes(): Uint8Array {
    this.#flush();
    return this.#writer.bytes();
  }

  /** Finish the file. @throws {ScapError} if not all of it could be written. */
  close(): void {
    this.#onClose(this);
    this.#flush();
    this.#writer.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
