/** What a parser gets: one event, its thread and what it may change. */
import type { ScapEvent } from "../../scap/event.ts";
import type { Int } from "../../scap/int.ts";
import type { FdInfo } from "../state/fd.ts";
import type { State } from "../state/state.ts";
import type { Thread } from "../state/thread.ts";

/** One for all events: the parser of the next one overwrites it. */
export class Context {
  readonly state: State;
  event!: ScapEvent;
  thread: Thread | undefined;
  /** The descriptor that the event is about, as it is after the event. */
  fd: FdInfo | undefined;
  fdNumber = -1;
  /** Name of `fd` before the event. */
  oldName = "";
  /** Result of a system call; 0 for other events. */
  result = 0;
  hasResult = false;
  /** What goes once the event has been seen. */
  closing = -1;
  ending = -1;

  constructor(state: State) {
    this.state = state;
  }

  moveTo(event: ScapEvent): void {
    this.event = event;
    this.thread = undefined;
    this.fd = undefined;
    this.fdNumber = -1;
    this.oldName = "";
    this.result = 0;
    this.hasResult = false;
  }

  /** A number that always fits: descriptors, pids, flags, sizes of 32 bits. 0 if the parameter is empty or missing. */
  num(index: number): number {
    return Number(this.int(index));
  }

  int(index: number): Int {
    if (index >= this.event.nparams) return 0;
    return (this.event.param(index) as Int | null) ?? 0;
  }

  /** A time. */
  ns(index: number): bigint {
    return BigInt(this.int(index));
  }

  has(index: number): boolean {
    return index < this.event.nparams && this.event.raw(index).length > 0;
  }

  /** "" if the parameter is empty or missing. */
  str(index: number): string {
    return index < this.event.nparams ? ((this.event.param(index) as string | null) ?? "") : "";
  }

  /** "<NA>" if the parameter is empty or missing: that is how programs' texts that nobody could read are called. */
  text(index: number): string {
    return this.str(index) || "<NA>";
  }

  /** Strings that each end with a NUL. */
  strs(index: number): string[] {
    if (index >= this.event.nparams) return [];
    const bytes = this.event.raw(index);
    if (bytes.length === 0) return [];
    const end = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length;
    if (end === 0) return [];
    return Buffer.from(bytes.buffer, bytes.byteOffset, end).toString("utf8").split("\0");
  }

  /** The event made this descriptor. */
  open(number: number, info: FdInfo): void {
    if (!this.thread || number < 0) return;
    this.fd = this.thread.fds.set(number, info) ? info : undefined;
    this.fdNumber = number;
  }
}

export type Parser = (context: Context) => void;
