/** A few events told in the schema's words, and what can be asked of the last one. For tests. */
import { EF, type EventInfo, events } from "#schema/events";
import { ScapEvent } from "../../scap/event.ts";
import { buildEvent } from "../../scap/frame.ts";
import { type EventSource, SinspEvent } from "../event.ts";
import { FieldReaders, fieldSource } from "../fields/readers.ts";
import { compileFilter } from "../filter/index.ts";
import { compileFormat } from "../format/index.ts";
import { Runner } from "../parsers/run.ts";
import { State } from "../state/state.ts";
import { Texts } from "../state/texts.ts";
import { Thread } from "../state/thread.ts";
import { encodeParam, type ParamValue } from "./encode.ts";

export type Params = Readonly<Record<string, ParamValue>>;

export interface When {
  readonly tid?: number;
  /** Nanoseconds since the epoch; else a millisecond after the last one. */
  readonly ts?: bigint;
  readonly cpu?: number;
}

/** The newest event of that name: "openat" its exit, "openat>" its enter; of events that are no calls the only one. */
export function eventNamed(name: string): EventInfo {
  const bare = name.replace(">", "");
  const found = events.filter((info) => info.name === bare);
  const wanted = found.filter(({ dir }) => name.endsWith(">") === (dir === "enter"));
  const all = wanted.length > 0 ? wanted : found;
  const info = all.findLast(({ flags }) => !(flags & EF.OLD_VERSION)) ?? all.at(-1);
  if (!info) throw new RangeError(`there is no event ${name}`);
  return info;
}

/** The bytes of an event. Parameters that are not given are empty. */
export function encodeEvent(info: EventInfo, params: Params, { tid = 1, ts = 0n } = {}): Uint8Array {
  const unknown = Object.keys(params).find((name) => !info.params.some((param) => param.name === name));
  if (unknown) throw new RangeError(`event ${info.name} has no parameter ${unknown}`);
  const bytes = info.params.map((param) => encodeParam(param, params[param.name]));
  return buildEvent({ ts, tid: BigInt.asUintN(64, BigInt(tid)), type: info.code, params: bytes });
}

export const start = 1_700_000_000_000_000_000n;

/** Begins with init (1) and one process, "cat" (100), in /home. */
export class Story implements EventSource {
  readonly runner: Runner;
  readonly evt: SinspEvent;
  readonly #readers = new FieldReaders();
  #ts = start;
  firstTs = 0n;

  constructor(readonly state = new State()) {
    this.runner = new Runner(state);
    this.evt = new SinspEvent(this.runner.context, this);
    this.thread(1, { ptid: 0, comm: "init" });
    this.thread(100, { ptid: 1, comm: "cat", exe: "/bin/cat" }).cwd = "/home";
  }

  /** A thread that has been there before. */
  thread(tid: number, facts: Partial<Thread> = {}): Thread {
    const { pid = tid } = facts;
    const thread = new Thread(tid);
    const ids = { pid, ptid: 100, vtid: tid, vpid: pid, uid: 0, gid: 0 };
    this.state.threads.add(Object.assign(thread, ids, facts));
    thread.setArgs(Texts.none);
    return thread;
  }

  /** Something happens. */
  tell(
    name: string,
    params: Params = {},
    { tid = 100, ts = this.#ts + 1_000_000n, cpu = 0 }: When = {},
  ): this {
    return this.take(ScapEvent.from(encodeEvent(eventNamed(name), params, { tid, ts }), { cpu }));
  }

  /** The same, of an event whose bytes are already there. */
  take(raw: ScapEvent): this {
    const { ts } = raw;
    this.#ts = ts;
    const plan = this.runner.run(raw);
    this.evt.num++;
    if (this.firstTs === 0n && !plan?.isMeta) this.firstTs = ts;
    return this;
  }

  read(field: string, event: SinspEvent) {
    return this.#readers.value(field)(event);
  }

  readText(field: string, event: SinspEvent): string | null {
    return this.#readers.text(field)(event);
  }

  /** A field of the last event. */
  get(field: string) {
    return this.evt.get(field);
  }

  /** The same as output formats print it; null: absent. */
  text(field: string): string | null {
    return compileFormat(fieldSource, `%${field}`)(this.evt);
  }

  /** The same as JSON. */
  json(field: string): string {
    return compileFormat(fieldSource, `*%${field}`)
      .json(this.evt)!
      .replace(/^\{"[^"]*":(.*)\}$/s, "$1");
  }

  /** Whether a filter lets the last event through. */
  passes(filter: string): boolean {
    return compileFilter(fieldSource, filter)(this.evt);
  }
}
