/** The host's side of the agent. */
import type { DynamicSnaplen } from "../../lib/scap/index.ts";
import { encode, type Program } from "../program/index.ts";
import { Wire } from "../program/wire.ts";
import type { Channel } from "../vm/channel.ts";
import { Connection } from "./connection.ts";
import { AgentError } from "./errors.ts";
import {
  decodeHello,
  decodeLoad,
  decodeLoadTest,
  decodeMetrics,
  decodeRun,
  type Hello,
  type LoadOptions,
  type LoadReply,
  type LoadTestReply,
  type RunReply,
  readStats,
  type Stats,
} from "./messages.ts";
import { PayloadReader, protocolVersion, type Request } from "./protocol.ts";

export interface ConnectOptions {
  /** For an answer that costs the agent nothing. */
  readonly deadlineMs?: number;
  /** How much slower the guest is than this machine: multiplies every deadline. */
  readonly slowdown?: number;
}

export interface RunOptions {
  /** PPM_SC codes to record; default none. */
  readonly interest?: Iterable<number>;
  /** Bytes kept of data buffers; 0 = the driver's default. */
  readonly snaplen?: number;
  readonly dropFailed?: boolean;
  readonly dynamicSnaplen?: DynamicSnaplen | undefined;
  /** Ratio of dropping mode; 0 (default) = off. */
  readonly sampling?: number;
  /** For the program in the guest, before slowdown. Default 1 s. */
  readonly timeoutMs?: number;
}

export interface LoadTestOptions {
  readonly writers: number;
  /** Of each writer. */
  readonly writes: number;
  /** 16…4096: u32 magic, u32 writer, u64 sequence, then bytes (sequence + index) & 255. */
  readonly payloadBytes: number;
  /** Another process, out of scope, updates a BPF map without pause. */
  readonly hammer?: boolean;
  readonly interest: Iterable<number>;
  readonly snaplen?: number;
  /** Before slowdown. Default 10 s. */
  readonly timeoutMs?: number;
}

/** First word of each payload of a load test. */
export const loadMagic = 0x44414f4c;

export const interestBytes = 64;
const attachKinds = ["probe", "raw_tp", "tp", "tp_btf"] as const;

export class Agent {
  readonly #connection: Connection;
  readonly #deadlineMs: number;
  readonly #slowdown: number;
  #hello: Hello | null = null;
  #pageSize: number | null = null;

  private constructor(channel: Channel, { deadlineMs = 10_000, slowdown = 1 }: ConnectOptions) {
    this.#connection = new Connection(channel);
    this.#deadlineMs = deadlineMs * slowdown;
    this.#slowdown = slowdown;
  }

  /**
   * Say hello to a waiting agent. It keeps no state of its peer, so this works after a restore as after boot.
   * @throws AgentError
   */
  static async connect(channel: Channel, options: ConnectOptions = {}): Promise<Agent> {
    const agent = new Agent(channel, options);
    try {
      agent.#hello = await agent.hello();
    } catch (error) {
      agent.close();
      throw error;
    }
    return agent;
  }

  /**
   * An agent that will answer all requests later, together: no hello is waited for.
   * @param pageSize of its kernel
   */
  static prepared(channel: Channel, pageSize: number, options: ConnectOptions = {}): Agent {
    const agent = new Agent(channel, options);
    agent.#pageSize = pageSize;
    return agent;
  }

  /** What the agent said at connect. */
  get info(): Hello {
    if (!this.#hello) throw new AgentError("protocol", "the agent has not said hello");
    return this.#hello;
  }

  /** Of its kernel, in bytes. */
  get pageSize(): number {
    return this.#pageSize ?? this.info.pageSize;
  }

  async hello(): Promise<Hello> {
    return this.#ask("hello", new Wire().u32(protocolVersion), decodeHello);
  }

  async ping(): Promise<void> {
    await this.#ask("ping", new Wire(), nothing);
  }

  /** Load a driver; at most two at a time. Loading can take seconds in an emulated guest. */
  async load(options: LoadOptions): Promise<LoadReply> {
    const wire = new Wire().sized(options.engine).u64(options.bufferBytes ?? 0);
    wire.u32(options.cpusPerBuffer ?? 1).u32(options.snaplen ?? 0);
    wire.u32(attachKinds.indexOf(options.attach ?? "probe"));
    wire.u32((options.onlineCpusOnly ? 1 : 0) | (options.dropFailed ? 2 : 0) | (options.debug ? 4 : 0));
    wire.u32(options.bufferPreset ?? 0);
    wire.sized(options.modulePath ?? "").sized(options.btfPath ?? "");
    // The verifier looks at four hundred thousand instructions, which takes emulated machines their time.
    return this.#ask("load", wire, decodeLoad, 180_000 * this.#slowdown);
  }

  async unload(handle: number): Promise<void> {
    await this.#ask("unload", new Wire().u32(handle), nothing);
  }

  async stats(handle: number): Promise<Stats> {
    return this.#ask("stats", new Wire().u32(handle), (payload) => readStats(new PayloadReader(payload)));
  }

  /** Counters by their names, since the last run began. `flags`: enum scap_metric_flags. */
  async metrics(handle: number, flags: number): Promise<Map<string, number>> {
    return this.#ask("metrics", new Wire().u32(handle).u32(flags), decodeMetrics);
  }

  /** Run a program; the loaded drivers capture it. A program that fails is a reply: see `programFailure`. */
  async run(program: Program, options: RunOptions = {}): Promise<RunReply> {
    const { pageSize } = this;
    const timeoutMs = Math.round((options.timeoutMs ?? 1000) * this.#slowdown);
    const { dynamicSnaplen } = options;
    const [first, last] = dynamicSnaplen?.fullcapturePorts ?? [0, 0];
    const wire = new Wire()
      .u32(timeoutMs)
      .u32((options.dropFailed ? 1 : 0) | (dynamicSnaplen ? 2 : 0))
      .u32(options.snaplen ?? 0)
      .u32(options.sampling ?? 0);
    wire
      .u32(first)
      .u32(last)
      .u32(dynamicSnaplen?.statsdPort ?? 8125);
    wire.bytes(interestBits(options.interest ?? [])).sized(encode(program, pageSize));
    // The agent needs up to 5 s more to kill what does not end by itself.
    const deadline = timeoutMs + 5000 + this.#deadlineMs;
    return this.#ask("run", wire, (payload) => decodeRun(payload, program, pageSize), deadline);
  }

  /** Writers as fast as they can, while the loaded drivers capture and the agent reads. */
  async loadTest(options: LoadTestOptions): Promise<LoadTestReply> {
    const timeoutMs = Math.round((options.timeoutMs ?? 10_000) * this.#slowdown);
    const wire = new Wire().u32(options.writers).u32(options.writes).u32(options.payloadBytes);
    wire
      .u32(options.hammer ? 1 : 0)
      .u32(timeoutMs)
      .u32(options.snaplen ?? 0)
      .bytes(interestBits(options.interest));
    return this.#ask("loadTest", wire, decodeLoadTest, timeoutMs + 60_000 * this.#slowdown);
  }

  async putFile(path: string, content: Uint8Array, mode = 0o644): Promise<void> {
    await this.#ask(
      "putFile",
      new Wire().sized(path).u32(mode).sized(content),
      nothing,
      this.#transferMs(content),
    );
  }

  /** @param path any readable file, such as /proc/meminfo; /dev/kmsg gives the kernel's log. At most 32 MiB. */
  async getFile(path: string): Promise<Uint8Array> {
    return this.#ask("getFile", new Wire().sized(path), (payload) => payload, 60_000 * this.#slowdown);
  }

  /** Ask for power off. The channel closes afterwards. */
  async stop(): Promise<void> {
    await this.#ask("stop", new Wire(), nothing);
  }

  close(): void {
    this.#connection.close();
  }
  [Symbol.dispose](): void {
    this.close();
  }

  /** Ports move some MB a second. */
  #transferMs(content: Uint8Array): number {
    return this.#deadlineMs + (content.length / 1000) * this.#slowdown;
  }

  async #ask<T>(
    request: Request,
    wire: Wire,
    decode: (payload: Uint8Array) => T,
    deadlineMs = this.#deadlineMs,
  ): Promise<T> {
    const payload = await this.#connection.request(request, wire.finish(), deadlineMs);
    try {
      return decode(payload);
    } catch (error) {
      throw new AgentError("protocol", `the agent's reply to ${request} is malformed: ${String(error)}`);
    }
  }
}

function nothing(payload: Uint8Array): void {
  new PayloadReader(payload).bytes(0);
  if (payload.length > 0) throw new RangeError(`${payload.length} bytes where none are due`);
}

/** @throws RangeError for a code that has no bit. */
export function interestBits(codes: Iterable<number>): Uint8Array {
  const bits = new Uint8Array(interestBytes);
  for (const code of codes) {
    if (!Number.isInteger(code) || code < 0 || code >= 8 * interestBytes)
      throw new RangeError(`${code} is no PPM_SC code`);
    bits[code >> 3]! |= 1 << (code & 7);
  }
  return bits;
}
