/** What a parser gets: one event, its thread and what it may change. */
import type { ScapEvent } from "../../scap/event.ts";
import type { Int } from "../../scap/int.ts";
import { intOf, numberOf, paramOf } from "../state/damage.ts";
import type { FdInfo } from "../state/fd.ts";
import type { State } from "../state/state.ts";
import { Texts } from "../state/texts.ts";
import type { Thread } from "../state/thread.ts";
import type { Plan } from "./plan.ts";

/**
 * One for all events: the parser of the next one overwrites it. Its members are `private` instead of `#` for the reason that
 * ScapEvent's are: every event comes through here.
 */
export class Context {
  readonly state: State;
  event!: ScapEvent;
  private plan: Plan | undefined;
  thread: Thread | undefined;
  /** Whether the next two are those of this event. */
  private hasFd = true;
  private foundFd: FdInfo | undefined;
  private foundNumber = -1;
  private nameBefore: string | undefined;
  /** What goes once the event has been seen. */
  closing = -1;
  ending = -1;

  constructor(state: State) {
    this.state = state;
  }

  get isEnding(): boolean {
    return this.closing >= 0 || this.ending >= 0;
  }

  moveTo(event: ScapEvent, plan: Plan | undefined): void {
    this.event = event;
    this.plan = plan;
    this.hasFd = false;
    this.nameBefore = undefined;
    this.thread = plan && this.threadOf(event.tidNumber, plan);
  }

  private threadOf(tid: number, { makesThread }: Plan): Thread | undefined {
    const { threads } = this.state;
    return makesThread ? threads.getOrPlaceholder(tid) : threads.find(tid);
  }

  /** Fix what must be seen as it was before the event. */
  prepare(): void {
    this.ownFd();
    this.nameBefore = this.foundFd?.name ?? "";
  }

  private findFd(): void {
    this.hasFd = true;
    this.foundFd = undefined;
    this.foundNumber = -1;
    if (!this.plan || !this.thread || this.plan.fd < 0 || this.plan.fd >= this.event.nparams) return;
    this.foundNumber = this.plan.readFd(this.event);
    this.foundFd = this.thread.fd(this.foundNumber);
  }

  /** The event's descriptor for changing it. */
  ownFd(): FdInfo | undefined {
    if (!this.hasFd) this.findFd();
    if (this.foundFd) this.foundFd = this.thread!.fds.own(this.foundNumber);
    return this.foundFd;
  }

  /** The descriptor that the event is about, as it is after the event. */
  get fd(): FdInfo | undefined {
    if (!this.hasFd) this.findFd();
    return this.foundFd;
  }

  set fd(info: FdInfo | undefined) {
    if (!this.hasFd) this.findFd();
    this.foundFd = info;
  }

  get fdNumber(): number {
    if (!this.hasFd) this.findFd();
    return this.foundNumber;
  }

  set fdNumber(number: number) {
    if (!this.hasFd) this.findFd();
    this.foundNumber = number;
  }

  /** Name of `fd` before the event. */
  get oldName(): string {
    return this.nameBefore ?? this.fd?.name ?? "";
  }

  /** Whether it is the exit of a system call. Old files have events without the parameters that they have today. */
  get hasResult(): boolean {
    return (this.plan?.hasResult ?? false) && this.event.nparams > 0;
  }

  /** Result of a system call; 0 for other events. */
  get result(): number {
    return this.plan?.hasResult ? this.plan.readResult(this.event) : 0;
  }

  /** The same, independent of what comes; its thread and descriptor are as they are now. */
  copy(): Context {
    const copy = new Context(this.state);
    copy.event = this.event.copy();
    copy.plan = this.plan;
    copy.thread = this.thread?.snapshot();
    copy.hasFd = true;
    copy.foundFd = this.fd?.copy();
    copy.foundNumber = this.fdNumber;
    copy.nameBefore = this.oldName;
    return copy;
  }

  /** A number that always fits: descriptors, pids, flags, sizes of 32 bits. 0 if the parameter is empty or missing. */
  num(index: number): number {
    return numberOf(this.event, index);
  }

  int(index: number): Int {
    return intOf(this.event, index);
  }

  /** A time. */
  ns(index: number): bigint {
    return BigInt(this.int(index));
  }

  has(index: number): boolean {
    return this.event.has(index);
  }

  /** "" if the parameter is empty or missing. */
  str(index: number): string {
    return index < this.event.nparams ? ((paramOf(this.event, index) as string | null) ?? "") : "";
  }

  /**
   * "<NA>" if the parameter is empty or missing: that is how programs' texts that nobody could read are called. Old drivers
   * wrote "(NULL)".
   */
  text(index: number): string {
    const text = this.str(index);
    return text === "" || text === "(NULL)" ? "<NA>" : text;
  }

  strs(index: number): Texts {
    const packed = this.has(index) ? this.event.latin1(index) : "";
    return packed === "" ? Texts.none : Texts.packed(packed);
  }

  /** The event made this descriptor, whose name is a new one unless it is told otherwise. */
  open(number: number, info: FdInfo, oldName = ""): void {
    if (!this.thread || number < 0) return;
    this.nameBefore = oldName;
    this.fd = this.thread.fds.set(number, info) ? info : undefined;
    this.fdNumber = number;
  }
}

export type Parser = (context: Context) => void;
