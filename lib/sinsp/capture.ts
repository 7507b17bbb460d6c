/** Where events come from, as far as an inspector has to know. */
import { type Interface, type ScapBatch, ScapReader, type ScapSource } from "../scap/index.ts";
import { loadState } from "./state/load.ts";
import type { State } from "./state/state.ts";

export interface Capture extends Disposable {
  /** Events come as they happen. */
  readonly isLive: boolean;
  /** The next events; "wait": none at the moment; null: the end. @throws {ScapError} */
  next(): ScapBatch | "wait" | null;
  /** Record no more. */
  stop(): void;
  /** Events that the driver and the kernel lost; null: not known. */
  readonly drops: number | null;
  /** Changes where a capture ends and another one begins in the same file, with lists of its own. */
  readonly section: number;
  /** The state of the machine when the section began. */
  state(): State;
  /** Its network interfaces. */
  interfaces(): Interface[];
}

export class FileCapture implements Capture {
  readonly isLive = false;
  readonly drops = null;
  readonly #reader: ScapReader;
  section: number;

  /** @throws {ScapError} if there is no such file, or it is no capture. */
  constructor(source: ScapSource) {
    this.#reader = ScapReader.open(source);
    this.section = this.#reader.fileInfo().sections;
  }

  next(): ScapBatch | null {
    const batch = this.#reader.next();
    this.section = this.#reader.fileInfo().sections;
    return batch;
  }

  stop(): void {}

  state(): State {
    return loadState(this.#reader);
  }

  interfaces(): Interface[] {
    return this.#reader.interfaces();
  }

  [Symbol.dispose](): void {
    this.#reader.close();
  }
}
