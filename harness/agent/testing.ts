/** An agent as an ordinary process of this machine, with sanitizers: for tests of everything but drivers. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensure } from "../build/step.ts";
import { type BlockBuilder, program } from "../program/index.ts";
import type { Arch } from "../run/target.ts";
import { sanitizedAgent } from "./build.ts";
import { Agent, type RunOptions } from "./client.ts";
import { programFailure } from "./failure.ts";
import type { RunReply } from "./messages.ts";
import { processChannel } from "./process-channel.ts";

export interface TestedAgent {
  readonly agent: Agent;
  /** Run a program that must do what it says. */
  run(build: (p: BlockBuilder) => void, options?: RunOptions): Promise<RunReply>;
}

export interface LocalAgent extends TestedAgent, AsyncDisposable {
  readonly dir: string;
}

/** The command of an agent that keeps its files in `dir`. */
export async function localAgentCommand(dir: string): Promise<string[]> {
  const step = sanitizedAgent("x86_64");
  await ensure(step);
  return [step.outputs[0]!, "--stdio", dir];
}

/** Ends with the agent's exit, which must be clean. */
export async function localAgent(): Promise<LocalAgent> {
  const dir = mkdtempSync(join(tmpdir(), "scapyard-agent-"));
  const channel = processChannel(await localAgentCommand(dir));
  const agent = await Agent.connect(channel);
  return {
    ...testedAgent("x86_64", agent),
    dir,
    async [Symbol.asyncDispose]() {
      agent.close();
      const [status, stderr] = await Promise.all([channel.exited, channel.stderr]);
      rmSync(dir, { recursive: true, force: true });
      if (status !== 0 || stderr !== "") throw new Error(`the agent exited with ${status}:\n${stderr}`);
    },
  };
}

export function testedAgent(arch: Arch, agent: Agent): TestedAgent {
  return {
    agent,
    async run(build, options) {
      const built = program(arch, build);
      const reply = await agent.run(built, options);
      const failure = programFailure(built, reply);
      if (failure) throw new Error(failure);
      return reply;
    },
  };
}
