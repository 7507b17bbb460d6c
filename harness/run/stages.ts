/** On the way to a guest: what is being done, for whoever watches, and how long each part took. */
import { writeFileSync } from "node:fs";

/** In the order of a target that has nothing yet. */
export type Stage = "kernel" | "build" | "boot" | "load" | "save" | "restore" | "cases";

export class Stages {
  /** Milliseconds. */
  readonly timings: Record<string, number> = {};
  #since = performance.now();

  /** @param file gets the name of the stage, whenever it changes */
  constructor(private readonly file: string | null = null) {}

  show(stage: Stage): void {
    if (this.file) writeFileSync(this.file, stage);
  }

  /** Books the time since the last call, or since the beginning. Returns it. */
  book(name: string): number {
    const now = performance.now();
    const ms = now - this.#since;
    this.#since = now;
    this.timings[name] = ms;
    return ms;
  }
}
