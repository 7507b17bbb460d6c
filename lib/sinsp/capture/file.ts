import { type Interface, type ScapBatch, ScapReader, type ScapSource } from "../../scap/index.ts";
import { loadState } from "../state/load.ts";
import type { State } from "../state/state.ts";
import type { Capture } from "./capture.ts";

export class FileCapture implements Capture {
  readonly isLive = false;
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

  setInterest(): void {}

  counters(): null {
    return null;
  }

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
