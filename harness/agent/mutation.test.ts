/**
 * Damaged requests: the agent must answer each or close, and never crash. It runs with sanitizers, so that a read
 * past an end is a crash. Deterministic: the seed is fixed.
 */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode, program } from "../program/index.ts";
import { Wire } from "../program/wire.ts";
import { Connection } from "./connection.ts";
import { AgentError } from "./errors.ts";
import { processChannel } from "./process-channel.ts";
import { protocolVersion, type Request } from "./protocol.ts";
import { localAgentCommand } from "./testing.ts";

// The agent may have to be built first.
setDefaultTimeout(180_000);

let dir: string;
let command: string[];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "scapyard-mutation-"));
  command = await localAgentCommand(dir);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/**
 * Harmless whatever few mutations make of it: it has every kind of value and area, but no calls, hence no result slot,
 * without which the agent takes no call.
 */
const inertProgram = program("x86_64", (p) => {
  const word = p.int(p.pid);
  p.store(p.acrossUnmapped("abc"), word.u32(), 2);
  p.store(p.buffer(8), p.symbol("handler"));
  p.store(p.buffer(8), p.badPointer);
  p.until(p.int(7).u32(), 7);
});
const inert = encode(inertProgram);

const runPayload = (encoded: Uint8Array) =>
  new Wire()
    .u32(50)
    .bytes(new Uint8Array(6 * 4))
    .bytes(new Uint8Array(64))
    .sized(encoded)
    .finish();

const requests: [Request, Uint8Array][] = [
  ["hello", new Wire().u32(protocolVersion).finish()],
  ["stats", new Wire().u32(0).finish()],
  ["unload", new Wire().u32(1).finish()],
  ["metrics", new Wire().u32(0).u32(1).finish()],
  ["getFile", new Wire().sized("/proc/self/comm").finish()],
  ["run", runPayload(inert)],
];

/** xorshift32: enough to choose bytes by. */
function* randoms(seed: number): Generator<number> {
  for (let x = seed; ; ) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  const copy = bytes.slice();
  if (random() % 4 === 0) return copy.slice(0, random() % (copy.length + 1));
  for (let i = 1 + (random() % 3); i > 0; i--)
    copy[random() % copy.length] = [0, 1, 0x7f, 0x80, 0xff, random() & 0xff][random() % 6]!;
  return copy;
}

async function send(connection: Connection, request: Request, payload: Uint8Array): Promise<string> {
  try {
    await connection.request(request, payload, 20_000);
    return "answered";
  } catch (error) {
    if (error instanceof AgentError && error.kind === "refused") return "refused";
    throw error;
  }
}

test("damaged payloads are refused, not followed", async () => {
  const channel = processChannel(command);
  const connection = new Connection(channel);
  const random = randoms(20261123);
  const next = () => random.next().value as number;
  const outcomes = { answered: 0, refused: 0 } as Record<string, number>;
  for (let round = 0; round < 1500; round++) {
    const [request, payload] = requests[round % requests.length]!;
    // The first bytes of a run are its time-out: leave them, or a program that waits would wait for long.
    const damaged = request === "run" ? runPayload(mutate(inert, next)) : mutate(payload, next);
    outcomes[await send(connection, request, damaged)]!++;
  }
  connection.close();
  expect(await channel.stderr).toBe("");
  expect(await channel.exited).toBe(0);
  // Both happen: mutations that matter, and those that do not.
  expect(Math.min(outcomes.answered!, outcomes.refused!)).toBeGreaterThan(100);
});

test("every truncation of a program is refused", async () => {
  const channel = processChannel(command);
  const connection = new Connection(channel);
  for (let length = 0; length < inert.length; length += 3)
    expect(await send(connection, "run", runPayload(inert.slice(0, length)))).toBe("refused");
  expect(await send(connection, "run", runPayload(inert))).toBe("answered");
  connection.close();
  expect(await channel.stderr).toBe("");
});

test("a program laid out for another page size is refused", async () => {
  const channel = processChannel(command);
  const connection = new Connection(channel);
  const answer = connection.request("run", runPayload(encode(inertProgram, 65536)), 20_000);
  await expect(answer).rejects.toThrow("the program is laid out for another page size");
  connection.close();
});

test("a stream that is no frames ends the agent with a message", async () => {
  const channel = processChannel(command);
  await channel.write(new Uint8Array(64).fill(0xff));
  expect(await channel.stderr).toContain("the host sent a frame of 4294967295 bytes");
  expect(await channel.exited).toBe(0);
});
