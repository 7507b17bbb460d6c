/** Requests and replies over a channel: matches them by id, and gives every wait a deadline. */
import type { Channel } from "../vm/channel.ts";
import { patient } from "../vm/deadline.ts";
import { AgentError } from "./errors.ts";
import {
  encodeFrame,
  errorFrame,
  errorKinds,
  type Frame,
  FrameSplitter,
  frame,
  PayloadReader,
  type Request,
  replyBit,
} from "./protocol.ts";

interface Pending {
  readonly type: number;
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: AgentError) => void;
}

export class Connection {
  readonly #pending = new Map<number, Pending>();
  /** Requests whose deadline passed: their replies may still come, and mean nothing any more. */
  readonly #abandoned = new Set<number>();
  #nextId = 1;
  #broken: AgentError | null = null;

  constructor(private readonly channel: Channel) {
    void this.#pump();
  }

  /** @param nominalMs of wall time until the whole reply is here, for a patience of 1 */
  async request(request: Request, payload: Uint8Array, nominalMs: number): Promise<Uint8Array> {
    const deadlineMs = Math.round(patient(nominalMs));
    if (this.#broken) throw this.#broken;
    const id = this.#nextId;
    this.#nextId = (this.#nextId % 0xffff) + 1;
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    this.#pending.set(id, { type: frame[request], resolve, reject });
    const timer = setTimeout(() => this.#expire(id, request, deadlineMs), deadlineMs);
    try {
      // A guest that reads nothing blocks the write: the deadline covers it too.
      this.channel.write(encodeFrame(frame[request], id, payload)).catch((error: unknown) => {
        this.#fail(new AgentError("closed", `the agent cannot be written to: ${String(error)}`));
      });
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#fail(new AgentError("closed", "the connection to the agent was closed"));
    this.channel.close();
  }

  #expire(id: number, request: Request, deadlineMs: number): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#abandoned.add(id);
    pending?.reject(new AgentError("timeout", `the agent did not answer ${request} within ${deadlineMs} ms`));
  }

  #fail(error: AgentError): void {
    this.#broken ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#broken);
    this.#pending.clear();
  }

  async #pump(): Promise<void> {
    const splitter = new FrameSplitter();
    try {
      for (;;) {
        const chunk = await this.channel.read();
        if (chunk === null) throw new AgentError("closed", "the agent's channel closed");
        for (const received of splitter.push(chunk)) this.#receive(received);
      }
    } catch (error) {
      this.#fail(error instanceof AgentError ? error : new AgentError("protocol", String(error)));
    }
  }

  #receive({ type, id, payload }: Frame): void {
    if (this.#abandoned.delete(id)) return;
    const pending = this.#pending.get(id);
    if (!pending) throw new AgentError("protocol", `the agent answered request ${id}, which nobody made`);
    this.#pending.delete(id);
    if (type === (pending.type | replyBit)) pending.resolve(payload);
    else if (type === errorFrame) pending.reject(refusal(payload));
    else
      pending.reject(
        new AgentError("protocol", `the agent answered request type ${pending.type} with ${type}`),
      );
  }
}

function refusal(payload: Uint8Array): AgentError {
  try {
    const r = new PayloadReader(payload);
    const kind = errorKinds[r.u32() - 1] ?? "unknown";
    const code = r.u32();
    return new AgentError("refused", r.string(), { kind, code });
  } catch (error) {
    return new AgentError("protocol", `the agent's error frame is malformed: ${String(error)}`);
  }
}
