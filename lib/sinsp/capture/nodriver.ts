import { LiveCapture as Driver, type Interface, type ScanOptions } from "../../scap/index.ts";
import { loadState } from "../state/load.ts";
import type { State } from "../state/state.ts";
import type { Capture } from "./capture.ts";

/** The processes of this machine at one moment, and no events. Needs no driver and no root. */
export class NoDriverCapture implements Capture {
  readonly isLive = false;
  readonly section = 1;
  readonly #driver = Driver.open({ engine: "nodriver" });

  /** @throws {ScapError} if /proc cannot be read. */
  constructor(options: ScanOptions) {
    try {
      this.#driver.scan(options);
    } catch (error) {
      this.#driver.close();
      throw error;
    }
  }

  next(): null {
    return null;
  }

  stop(): void {}

  setInterest(): void {}

  counters(): null {
    return null;
  }

  state(): State {
    return loadState(this.#driver);
  }

  interfaces(): Interface[] {
    return this.#driver.interfaces();
  }

  [Symbol.dispose](): void {
    this.#driver.close();
  }
}
