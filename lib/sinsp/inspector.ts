/** Reads events, keeps the state of the machine that they come from, and answers questions about them. */
import { type ScanOptions, ScapEvent } from "../scap/index.ts";
import type { Capture } from "./capture/capture.ts";
import { FileCapture } from "./capture/file.ts";
import { LiveCapture, type LiveOptions } from "./capture/live.ts";
import { NoDriverCapture } from "./capture/nodriver.ts";
import { Dumper, type DumpOptions, type Head } from "./dump/dumper.ts";
import { SinspEvent, type TimeMode } from "./event.ts";
import { builtinFields, type Field } from "./fields/catalogue.ts";
import { FieldReaders, fieldSource } from "./fields/readers.ts";
import type { FieldValue } from "./fields/source.ts";
import { compileFilter, type Filter, type FilterOptions } from "./filter/index.ts";
import { compileFormat, compileObject, type Formatter } from "./format/index.ts";
import { type Metric, metrics } from "./metrics.ts";
import type { Plan } from "./parsers/plan.ts";
import { Runner } from "./parsers/run.ts";
import type { BufferFormat } from "./print/bytes.ts";
import type { Threads } from "./state/threads.ts";
import { type Suppressed, Suppression } from "./suppress.ts";

/** Where events come from. */
export type InspectorSource =
  /** A capture file, plain or gzip: its name, or its bytes. */
  | { readonly savefile: string }
  | { readonly bytes: Uint8Array }
  /** This machine, by one of the drivers. Needs root. */
  | { readonly modern_bpf: LiveOptions }
  | { readonly kmod: LiveOptions }
  /** The processes of this machine, without events. */
  | { readonly nodriver: ScanOptions };

function captureOf(source: InspectorSource): Capture {
  if ("savefile" in source) return new FileCapture({ path: source.savefile });
  if ("bytes" in source) return new FileCapture({ bytes: source.bytes });
  if ("modern_bpf" in source) return new LiveCapture("modern_bpf", source.modern_bpf);
  return "kmod" in source ? new LiveCapture("kmod", source.kmod) : new NoDriverCapture(source.nodriver);
}

export interface InspectorOptions {
  /** Processes whose events are dropped before anything looks at them. */
  readonly suppress?: Suppressed;
  /** false: users and groups keep no names. */
  readonly importUsers?: boolean;
  /** Names of IP addresses, for `fd.sip.name` and its like: no name server is asked. */
  readonly hostNames?: Readonly<Record<string, string>>;
  /** How `evt.outputtime` tells times; of day, if not given. */
  readonly timeMode?: TimeMode;
  /** How data is shown; as one line with dots for what does not print, if not given. */
  readonly bufferFormat?: BufferFormat;
}

/**
 * @example
 * using inspector = Inspector.open({ savefile: "trace.scap" });
 * for (const evt of inspector) console.log(evt.num, evt.name, evt.get("proc.name"));
 */
export class Inspector implements Iterable<SinspEvent>, Disposable {
  readonly #capture: Capture;
  readonly #readers = new FieldReaders();
  readonly #suppression: Suppression | null;
  #section: number;
  private runner!: Runner;
  /** The one view that moves from event to event. */
  private event!: SinspEvent;
  private raw = new ScapEvent(new Uint8Array(0));
  /** The batch that is being walked through. */
  #bytes = new Uint8Array(0);
  private at = 0;
  private end = 0;
  private num = 0;
  #dumpers: readonly Dumper[] = [];
  /** Whether events are suppressed, or dumped. */
  private isWatched: boolean;
  #firstTs = 0n;
  /** Whether an event has come that is not one of the machine's lists. */
  #hasBegun = false;
  /** Whether that and the first time are known. */
  private isUnderWay = false;
  #ended = false;
  /** How long idle() waits next, in ms. */
  #pause = 0;
  readonly #importUsers: boolean;
  readonly #hostNames: ReadonlyMap<string, string>;
  readonly timeMode: TimeMode;
  readonly bufferFormat: BufferFormat;

  private constructor(capture: Capture, options: InspectorOptions) {
    const { suppress, importUsers = true, hostNames = {}, timeMode = "h", bufferFormat = "dots" } = options;
    this.#capture = capture;
    this.#importUsers = importUsers;
    this.#hostNames = new Map(Object.entries(hostNames));
    this.timeMode = timeMode;
    this.bufferFormat = bufferFormat;
    this.#section = capture.section;
    this.#suppression = suppress ? new Suppression(suppress) : null;
    this.isWatched = suppress !== undefined;
    this.#enterSection();
  }

  /** @throws {ScapError} if there is no such file, it is no capture, or the driver cannot be had. */
  static open(source: InspectorSource, options: InspectorOptions = {}): Inspector {
    return new Inspector(captureOf(source), options);
  }

  /**
   * A test of events, compiled: `inspector.filter("evt.type = openat and fd.name startswith /etc")`.
   * @throws {FilterError}
   */
  filter(text: string, options: FilterOptions = {}): Filter<SinspEvent> {
    return compileFilter(fieldSource, text, options);
  }

  /**
   * A writer of lines: `inspector.formatter("*%evt.num %proc.name %evt.args")`. Without the leading `*` there is no line
   * (null) for an event that lacks one of the values.
   * @throws {FilterError}
   */
  formatter(text: string): Formatter<SinspEvent> {
    return compileFormat(fieldSource, text);
  }

  /**
   * A writer of JSON objects, one member for each of these fields: `inspector.json(["evt.num", "proc.name"])`. Integers are
   * exact whatever their size, so parse them with something that knows bigints.
   * @throws {FilterError}
   */
  json(fields: readonly string[]): (event: SinspEvent) => string {
    return compileObject(fieldSource, fields);
  }

  /** All fields that events can be asked for, with what they mean; for documentation and completion. */
  fields(): Field[] {
    return [...builtinFields.fields()].filter(({ flags }) => !flags.has("hidden"));
  }

  /**
   * Write the events from here on to a capture file, with the state of the moment at its head. It is finished by `close()`,
   * or at the end of a `using` block.
   * @param path undefined: in memory (`dumper.bytes()`)
   * @throws {ScapError} if the file cannot be made.
   * @example
   * using dumper = inspector.dump("etc.scap", { filter: inspector.filter("fd.name startswith /etc"), stateOnly: true });
   * for (const _ of inspector);
   */
  dump(path?: string, options: DumpOptions = {}): Dumper {
    this.runner.finish();
    const dumper = new Dumper(path, options, this.#head(), (closed) => {
      this.#watchBy(this.#dumpers.filter((one) => one !== closed));
    });
    this.#watchBy([...this.#dumpers, dumper]);
    return dumper;
  }

  #watchBy(dumpers: readonly Dumper[]): void {
    this.#dumpers = dumpers;
    this.isWatched = this.#suppression !== null || dumpers.length > 0;
  }

  #head(): Head {
    return { state: this.runner.context.state, interfaces: this.#capture.interfaces() };
  }

  /** What has been counted so far: of the state, of driver and kernel (live), and of this process. */
  stats(): Metric[] {
    const { state } = this.runner.context;
    return metrics({
      state,
      events: this.num,
      driver: this.#capture.counters(),
      suppression: this.#suppression,
    });
  }

  /** The threads that are known at the moment. */
  get threads(): Threads {
    return this.runner.context.state.threads;
  }

  /** Time of the first event that is not one of the machine itself, in ns; 0 before it. */
  get firstTs(): bigint {
    return this.#firstTs;
  }

  /** For `evt.get()`. */
  read(field: string, event: SinspEvent): FieldValue {
    return this.#readers.value(field)(event);
  }

  /** For `evt.getText()`. */
  readText(field: string, event: SinspEvent): string | null {
    return this.#readers.text(field)(event);
  }

  /** Whether events come as they happen: then use `for await`. */
  get isLive(): boolean {
    return this.#capture.isLive;
  }

  /** Whether no more events will come. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Events that the driver and the kernel lost; null: a file does not tell. */
  get drops(): number | null {
    const drops = this.#capture.counters()?.get("n_drops");
    return drops === undefined ? null : Number(drops);
  }

  /**
   * Live: record only these system calls and tracepoints (PPM_SC codes); undefined: all.
   * @example inspector.setInterest(interestOf(wanted, { needs: "repair" }))
   */
  setInterest(codes?: Iterable<number>): void {
    this.#capture.setInterest(codes);
  }

  /**
   * The next event that is shown; null at the end, and where a live capture has none at the moment (see `ended`, `idle`).
   * @throws {ScapError} at damage, after all events before it.
   */
  next(): SinspEvent | null {
    for (;;) {
      if (this.at >= this.end && !this.#fill()) return null;
      const { raw, at } = this;
      raw.moveTo(at);
      this.at = at + raw.recordSize;
      if (this.isWatched ? this.#takeWatched(raw) : this.take(raw)) return this.event;
    }
  }

  /** The events from here on that are shown; a loop that was left can be gone on with by another one. */
  [Symbol.iterator](): Iterator<SinspEvent> {
    if (this.isLive) throw new TypeError("a live capture waits for events: use for await");
    return new Events(this);
  }

  /** The same, live: waits for events until stop() is called. */
  async *[Symbol.asyncIterator](): AsyncGenerator<SinspEvent> {
    for (;;) {
      const event = this.next();
      if (event) yield event;
      else if (this.#ended) return;
      else await this.idle();
    }
  }

  /** Let others run: timers, signals; while a live capture has nothing, also wait a little, longer each time. */
  async idle(): Promise<void> {
    await Bun.sleep(this.#pause);
    this.#pause = Math.min(maxPause, this.#pause * 2);
  }

  /** End a live capture: what it has recorded so far still comes. */
  stop(): void {
    this.#capture.stop();
  }

  /** @returns whether the event is to be shown */
  private take(raw: ScapEvent): boolean {
    const plan = this.runner.run(raw);
    this.event.num = ++this.num;
    if (!this.isUnderWay) this.#begin(raw, plan);
    return plan !== undefined && (plan.isShown || this.#isShown(plan)) && (raw.flags & stateOnly) === 0;
  }

  /** Likewise, while somebody suppresses or dumps events. */
  #takeWatched(raw: ScapEvent): boolean {
    if (this.#suppression?.drops(raw)) return false;
    if (this.#dumpers.length > 0) this.#beforeDump(raw);
    const shown = this.take(raw);
    for (const dumper of this.#dumpers) dumper.take(this.event, shown);
    return shown;
  }

  /** Until the capture has its first time, and an event that is not one of the machine's lists. */
  #begin({ ts }: ScapEvent, plan: Plan | undefined): void {
    if (this.#firstTs === 0n && !plan?.isMeta) this.#firstTs = ts;
    if (plan && !plan.isInitial) this.#hasBegun = true;
    this.isUnderWay = this.#hasBegun && this.#firstTs !== 0n;
  }

  /** What tells of the machine belongs to the lists as long as nothing else has come. */
  #isShown({ hidden, isInitial }: Plan): boolean {
    return !hidden && (!isInitial || this.#hasBegun);
  }

  #beforeDump(raw: ScapEvent): void {
    this.runner.finish();
    for (const dumper of this.#dumpers) dumper.before(raw, () => this.#head());
  }

  /** @returns false if there is nothing */
  #fill(): boolean {
    this.runner.finish();
    this.at = this.end = 0;
    const batch = this.#capture.next();
    if (batch === null) {
      this.#ended = true;
      return false;
    }
    this.#pause = batch === "wait" ? Math.max(1, this.#pause) : 0;
    if (batch === "wait") return false;
    if (this.#capture.section !== this.#section) this.#enterSection();
    if (batch.bytes !== this.#bytes) {
      this.#bytes = batch.bytes;
      this.raw = new ScapEvent(batch.bytes);
    }
    this.end = batch.used;
    return true;
  }

  /** A file may consist of several captures, each with lists of its own. */
  #enterSection(): void {
    this.#section = this.#capture.section;
    const state = this.#capture.state();
    if (!this.#importUsers) state.users.close();
    state.hostNames = this.#hostNames;
    this.#suppression?.addKnown(state.threads);
    this.runner = new Runner(state);
    this.event = new SinspEvent(this.runner.context, this);
    for (const dumper of this.#dumpers) dumper.section(this.#head());
  }

  /** Also finishes what dump() began. */
  close(): void {
    for (const dumper of this.#dumpers) dumper.close();
    this.#capture[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** ms; short enough that rings do not overflow meanwhile. */
const maxPause = 30;

/** Flag of an event that only changes the state. */
const stateOnly = 1;

/** By hand, because a generator takes three times as long an event. */
class Events implements Iterator<SinspEvent> {
  readonly #inspector: Inspector;
  readonly #result: { done: boolean; value: SinspEvent | undefined } = { done: false, value: undefined };

  constructor(inspector: Inspector) {
    this.#inspector = inspector;
  }

  next(): IteratorResult<SinspEvent> {
    const event = this.#inspector.next();
    this.#result.value = event ?? undefined;
    this.#result.done = event === null;
    return this.#result as IteratorResult<SinspEvent>;
  }
}
