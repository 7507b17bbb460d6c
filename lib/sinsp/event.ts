/** An event with what is known around it: its thread, its descriptor. */
import { EF, PPME } from "#schema/events";
import { syscalls } from "#schema/syscalls";
import type { ScapEvent } from "../scap/event.ts";
import type { FieldValue } from "./fields/source.ts";
import type { Context } from "./parsers/context.ts";
import { printArgs, printParam } from "./print/args.ts";
import type { BufferFormat } from "./print/bytes.ts";
import type { Printed, Scene } from "./print/param.ts";
import { intOf, paramOf } from "./state/damage.ts";
import type { FdInfo } from "./state/fd.ts";
import type { State } from "./state/state.ts";
import type { Thread } from "./state/thread.ts";

/** h: of day. a: since the epoch. r: since the first event. d: always 0. D: since the event that was told before. */
export type TimeMode = "h" | "a" | "r" | "d" | "D";

/** What the fields read of the inspector that an event came from. */
export interface EventSource {
  /** Time of the first event, in ns; 0 before it. */
  readonly firstTs: bigint;
  /** How evt.outputtime tells times; of day, if not given. */
  readonly timeMode?: TimeMode;
  /** How data is shown; as a line with dots, if not given. */
  readonly bufferFormat?: BufferFormat;
  read(field: string, event: SinspEvent): FieldValue;
  readText(field: string, event: SinspEvent): string | null;
}

/**
 * By PPM_SC code. A driver that did not know the call yet said 0; newer tables know it by the number that programs call it by
 * (which of the machine's architectures it is a capture does not tell: nearly always x86).
 */
function syscallName(sc: number, number: number): string {
  const info = sc > 0 ? syscalls[sc - 1] : syscalls.find(({ nr }) => number > 0 && nr.x86_64 === number);
  return info?.name ?? "<unknown>";
}

/** Valid until the next event is taken from the inspector; `copy()` stays. */
export class SinspEvent implements Scene {
  readonly #context: Context;
  readonly source: EventSource;
  /** Running number; hidden events have used up some. */
  num = 0;

  constructor(context: Context, source: EventSource) {
    this.#context = context;
    this.source = source;
  }

  get bufferFormat(): BufferFormat {
    return this.source.bufferFormat ?? "dots";
  }

  /** The event as it is in the capture. */
  get raw(): ScapEvent {
    return this.#context.event;
  }

  get state(): State {
    return this.#context.state;
  }

  /** undefined: not known, or the event is not of a thread. */
  get thread(): Thread | undefined {
    return this.#context.thread;
  }

  /** What the event's descriptor is open on, as far as known. */
  get fd(): FdInfo | undefined {
    return this.#context.fd;
  }

  get fdNumber(): number {
    return this.#context.fdNumber;
  }

  /** What the event did to the descriptor's name. */
  get fdNameChanged(): boolean {
    return this.fd !== undefined && this.fd.name !== this.#context.oldName;
  }

  /** PPME. */
  get code(): number {
    return this.#context.event.type;
  }

  get isExit(): boolean {
    return (this.code & 1) === 1;
  }

  /** Name of the event; of a syscall without an event of its own, the syscall's. */
  get name(): string {
    const { raw } = this;
    if (raw.type === PPME.GENERIC_X || raw.type === PPME.GENERIC_E)
      return syscallName(Number(intOf(raw, 0)), Number(intOf(raw, 1)));
    if (raw.type === PPME.ASYNCEVENT_E) return (paramOf(raw, 1) as string | null) ?? "<NA>";
    return raw.name;
  }

  /** What a system call returned; null for other events. */
  get result(): number | null {
    return this.#context.hasResult ? this.#context.result : null;
  }

  has(flag: keyof typeof EF): boolean {
    return ((this.raw.info?.flags ?? 0) & EF[flag]) !== 0;
  }

  /** A parameter's value; null if it is empty, if it makes no sense, and if the event was recorded without it. */
  param(index: number): unknown {
    return paramOf(this.raw, index);
  }

  printed(index: number): Printed | undefined {
    return printParam(this.raw, index, this);
  }

  get args(): string {
    return printArgs(this.raw, this);
  }

  /**
   * The value of a field: `evt.get("proc.aname[2]")`. null: the event has none.
   * @throws {RangeError} if there is no such field, or it cannot be read.
   */
  get(field: string): FieldValue {
    return this.source.read(field, this);
  }

  /** The same, printed. */
  getText(field: string): string | null {
    return this.source.readText(field, this);
  }

  /**
   * The event for keeping: its parameters, its thread and its descriptor stay as they are now. Fields that look at other
   * threads (parents, the rest of the process) always answer from the tables of the moment when they are asked.
   */
  copy(): SinspEvent {
    const copy = new SinspEvent(this.#context.copy(), this.source);
    copy.num = this.num;
    return copy;
  }
}
