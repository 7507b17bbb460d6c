import { fstatSync, statSync } from "node:fs";
import {
  FilterError,
  Inspector,
  type InspectorSource,
  interestOf,
  pretty,
  ScapError,
  type SinspEvent,
} from "../../sinsp/index.ts";
import { exit } from "./main.ts";
import type { Settings } from "./options.ts";
import { isTerminal, Output } from "./output.ts";
import { type Printer, printerOf } from "./printer.ts";
import { type Counts, PerfLines, StatusLine, summary } from "./progress.ts";
import { tableLines } from "./tables.ts";

/** @returns the exit status */
export async function run(settings: Settings): Promise<number> {
  try {
    using inspector = Inspector.open(sourceOf(settings), { importUsers: !settings.excludeUsers });
    return await new Session(inspector, settings).run();
  } catch (error) {
    return report(error, settings);
  }
}

function report(error: unknown, { source, modulePath }: Settings): number {
  if (error instanceof FilterError) {
    console.error(pretty(error));
    return exit.usage;
  }
  if (!(error instanceof ScapError)) throw error;
  const engine = "engine" in source ? source.engine : null;
  const hint = engine === "kmod" && modulePath === undefined ? " (-M FILE inserts one)" : "";
  console.error(`sinsp-example: ${error.message}${error.message.startsWith("no-module:") ? hint : ""}`);
  return error.code === "NOT_SUPPORTED" && engine === "modern_bpf" ? exit.unsupported : exit.failure;
}

/** Events between two looks at the clock and at signals. */
const slice = 4096;

class Session {
  readonly #inspector: Inspector;
  readonly #settings: Settings;
  readonly #output = new Output();
  readonly #wanted: (event: SinspEvent) => boolean;
  readonly #print: Printer;
  readonly #status: StatusLine;
  readonly #isTerminal = isTerminal(1);
  readonly #started = performance.now();
  readonly #perf = new PerfLines(this.#started);
  #events = 0;
  #printed = 0;
  #interrupted = false;

  /** @throws {FilterError} */
  constructor(inspector: Inspector, settings: Settings) {
    this.#inspector = inspector;
    this.#settings = settings;
    const filter = settings.filter === undefined ? null : inspector.filter(settings.filter);
    for (const { message } of filter?.warnings ?? []) console.error(`sinsp-example: filter: ${message}`);
    const { allThreads, interest, withoutIo } = settings;
    if (filter && interest !== "all")
      inspector.setInterest(interestOf(filter, { needs: interest, withoutIo }));
    const isMain = ({ thread }: SinspEvent) => allThreads || !thread || thread.isMain;
    this.#wanted = filter ? (event) => filter(event) && isMain(event) : isMain;
    this.#print = printerOf(inspector, settings);
    // Lines on the same terminal would run into the status, also those of a pager or grep behind a pipe.
    this.#status = new StatusLine(isTerminal(2) && !this.#isTerminal && !fstatSync(1).isFIFO());
  }

  async run(): Promise<number> {
    const interrupt = () => {
      this.#interrupted = true;
    };
    // While a read waits for a pipe no handler could run: then a signal just ends the program.
    if (this.#canWait()) process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    let damage: unknown;
    try {
      await this.#loop();
    } catch (error) {
      damage = error;
    } finally {
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    }
    this.#status.clear();
    if (this.#settings.tables)
      for (const line of tableLines(this.#inspector, this.#settings.tables)) this.#output.line(line);
    this.#output.flush();
    const { isLive } = this.#inspector;
    if (this.#interrupted || isLive || this.#settings.perftest)
      console.error(summary(this.#counts(), (performance.now() - this.#started) / 1000));
    if (damage) return report(damage, this.#settings);
    return this.#interrupted && !isLive ? exit.interrupted : exit.ok;
  }

  #canWait(): boolean {
    const { source } = this.#settings;
    return !("file" in source) || statSync(source.file, { throwIfNoEntry: false })?.isFile() === true;
  }

  async #loop(): Promise<void> {
    while (this.#slice()) {
      const now = performance.now();
      if (this.#inspector.isLive || this.#isTerminal) this.#output.flush();
      this.#status.update(now, () => summary(this.#counts(), (now - this.#started) / 1000));
      if (this.#settings.perftest) this.#perf.update(now, this.#counts(), (line) => console.log(line));
      await this.#inspector.idle();
    }
  }

  /** @returns false when it is over */
  #slice(): boolean {
    const inspector = this.#inspector;
    for (let left = slice; left > 0; left--) {
      if (this.#printed >= this.#settings.count || this.#interrupted || this.#output.closed) return false;
      const event = inspector.next();
      if (!event) return !inspector.ended;
      this.#take(event);
    }
    return true;
  }

  #take(event: SinspEvent): void {
    this.#events++;
    if (!this.#wanted(event)) return;
    const line = this.#print(event);
    if (line !== null) this.#output.line(line);
    else if (!this.#settings.perftest) return;
    this.#printed++;
  }

  #counts(): Counts {
    return { events: this.#events, printed: this.#printed, drops: this.#inspector.drops };
  }
}

function sourceOf({
  source,
  modulePath,
  bufferBytes,
  cpusPerBuffer,
  allCpus,
  disableIterators,
}: Settings): InspectorSource {
  if ("file" in source) return { savefile: source.file };
  const options = {
    onlineCpusOnly: !allCpus,
    ...(disableIterators && { processes: "proc" as const }),
    ...(modulePath !== undefined && { modulePath }),
    ...(bufferBytes !== undefined && { bufferBytes }),
    ...(cpusPerBuffer !== undefined && { cpusPerBuffer }),
  };
  return source.engine === "kmod" ? { kmod: options } : { modern_bpf: options };
}
