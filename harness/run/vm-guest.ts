import type { Agent } from "../agent/client.ts";
import { AgentError } from "../agent/errors.ts";
import { programFailure } from "../agent/failure.ts";
import type { RunReply } from "../agent/messages.ts";
import { errno } from "../program/errno.ts";
import type { Accelerator, BootError, VmCause } from "../vm/index.ts";
import { runFacts } from "./facts.ts";
import { type Guest, GuestLost, type ProgramDone, type ProgramFailed, type RunRequest } from "./guest.ts";

/** What an agent runs on: a VM, or this very machine. */
export interface AgentHost extends AsyncDisposable {
  /** Why it is of no use any more. */
  failure(cause: VmCause, summary: string): BootError;
  readonly accel?: Accelerator;
  readonly qemuLine?: string;
}

/** What an agent makes of a machine. */
export class VmGuest implements Guest {
  constructor(
    readonly machine: AgentHost,
    readonly agent: Agent,
    readonly noCompat?: string,
  ) {}

  async run({ program, ...options }: RunRequest): Promise<ProgramDone | ProgramFailed> {
    const reply = await this.ask(this.agent.run(program, options));
    const failure = programFailure(program, reply);
    if (reply.survivors)
      throw this.#lost(this.machine.failure("timeout", failure ?? "a process cannot be killed"));
    if (failure) return { kind: "failed", cause: failureCause(reply), reason: failure };
    const captures = reply.streams.map(({ engine, stats, scap }) => ({ driver: engine, stats, scap }));
    return { kind: "done", facts: runFacts(program, reply, this.agent.pageSize), captures };
  }

  /** Wait for the agent. @throws GuestLost */
  async ask<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      const cause = error.kind === "timeout" ? "timeout" : "channel";
      throw this.#lost(this.machine.failure(cause, error.message));
    }
  }

  #lost(error: BootError): GuestLost {
    return new GuestLost(error.cause, error.summary, error.message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.agent.close();
    await this.machine[Symbol.asyncDispose]();
  }
}

function failureCause({ mismatch, timedOut }: RunReply): ProgramFailed["cause"] {
  if (timedOut) return "timeout";
  return mismatch?.result === BigInt(-errno.ENOSYS) ? "enosys" : "program";
}
