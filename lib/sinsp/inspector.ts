/** Reads events, keeps the state of the machine that they come from, and answers questions about them. */
import { type ScapEvent, ScapReader, type ScapSource } from "../scap/index.ts";
import { SinspEvent } from "./event.ts";
import { FieldReaders } from "./fields/readers.ts";
import { Runner } from "./parsers/run.ts";
import { loadState } from "./state/load.ts";
import type { State } from "./state/state.ts";
import type { Threads } from "./state/threads.ts";

export type InspectorSource = { readonly savefile: string } | { readonly bytes: Uint8Array };

/**
 * ```ts
 * using inspector = Inspector.open({ savefile: "trace.scap" });
 * for (const evt of inspector) console.log(evt.num, evt.name, evt.get("proc.name"));
 * ```
 */
export class Inspector implements Iterable<SinspEvent>, Disposable {
  readonly #reader: ScapReader;
  readonly #readers = new FieldReaders();
  #state: State;
  #sections: number;
  #num = 0;
  #firstTs = 0n;

  private constructor(reader: ScapReader) {
    this.#reader = reader;
    this.#state = loadState(reader);
    this.#sections = reader.fileInfo().sections;
  }

  /** @throws {ScapError} if there is no such file, or it is no capture. */
  static open(source: InspectorSource): Inspector {
    const from: ScapSource = "savefile" in source ? { path: source.savefile } : { bytes: source.bytes };
    return new Inspector(ScapReader.open(from));
  }

  get threads(): Threads {
    return this.#state.threads;
  }

  /** Time of the first event that is not one of the machine itself, in ns; 0 before it. */
  get firstTs(): bigint {
    return this.#firstTs;
  }

  read(field: string, event: SinspEvent): unknown {
    return this.#readers.value(field)(event);
  }

  readText(field: string, event: SinspEvent): string | null {
    return this.#readers.text(field)(event);
  }

  /** Every event that is shown. One view moves along. @throws {ScapError} at damage, after all events before it. */
  *[Symbol.iterator](): Generator<SinspEvent> {
    for (let batch = this.#reader.next(); batch; batch = this.#reader.next()) {
      this.#enterSection();
      const runner = new Runner(this.#state);
      const event = new SinspEvent(runner.context, this);
      for (const raw of batch) if (this.#take(runner, raw, event)) yield event;
      runner.finish();
    }
  }

  /** @returns whether the event is to be shown */
  #take(runner: Runner, raw: ScapEvent, event: SinspEvent): boolean {
    const plan = runner.run(raw);
    event.num = ++this.#num;
    if (!plan || plan.hidden || raw.flags & stateOnly) return false;
    if (this.#firstTs === 0n && !plan.isMeta) this.#firstTs = raw.ts;
    return true;
  }

  /** A file may consist of several captures, each with lists of its own. */
  #enterSection(): void {
    const { sections } = this.#reader.fileInfo();
    if (sections === this.#sections) return;
    this.#sections = sections;
    this.#state = loadState(this.#reader);
  }

  close(): void {
    this.#reader.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Flag of an event that only changes the state. */
const stateOnly = 1;
