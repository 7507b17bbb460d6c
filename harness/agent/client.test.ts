import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { Wire } from "../program/wire.ts";
import type { Channel } from "../vm/channel.ts";
import { Agent, interestBits } from "./client.ts";
import { AgentError } from "./errors.ts";
import { encodeFrame, errorFrame, FrameSplitter, frame, protocolVersion, replyBit } from "./protocol.ts";
import { localAgent } from "./testing.ts";

// The agent may have to be built first.
setDefaultTimeout(180_000);

/** An agent made of a function from request to the bytes it sends; null closes the channel. */
function fakeChannel(answer: (type: number, id: number) => Uint8Array | null): Channel {
  const splitter = new FrameSplitter();
  const queue: (Uint8Array | null)[] = [];
  let wake = () => {};
  return {
    async read() {
      while (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      return queue.shift() ?? null;
    },
    async write(data) {
      for (const { type, id } of splitter.push(data)) queue.push(answer(type, id));
      wake();
    },
    close() {
      queue.push(null);
      wake();
    },
  };
}

const helloReply = new Wire()
  .u32(protocolVersion)
  .u32(5)
  .u32(4096)
  .u32(2)
  .u64(7n)
  .sized("0.1.0")
  .sized("x86_64")
  .sized("6.12.0")
  .sized("/scapyard/exec-me")
  .finish();
const hello = (id: number) => encodeFrame(frame.hello | replyBit, id, helloReply);

async function failure(work: Promise<unknown>): Promise<AgentError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AgentError) return error;
    throw error;
  }
  throw new Error("this should have failed");
}

describe("what a broken agent causes", () => {
  test("silence: a time-out", async () => {
    const silent = fakeChannel(() => new Uint8Array());
    const error = await failure(Agent.connect(silent, { deadlineMs: 20, slowdown: 2 }));
    expect([error.kind, error.message]).toEqual(["timeout", "the agent did not answer hello within 40 ms"]);
  });
  test("a closed channel", async () => {
    expect((await failure(Agent.connect(fakeChannel(() => null)))).kind).toBe("closed");
  });
  test("a foreign stream", async () => {
    const noise = fakeChannel(() => new Uint8Array(32).fill(0xee));
    expect((await failure(Agent.connect(noise))).kind).toBe("protocol");
  });
  test("an answer to another question", async () => {
    const wrong = fakeChannel((_, id) => encodeFrame(frame.ping | replyBit, id, new Uint8Array()));
    expect((await failure(Agent.connect(wrong))).kind).toBe("protocol");
    const unasked = fakeChannel((_, id) => hello(id + 1));
    expect((await failure(Agent.connect(unasked))).kind).toBe("protocol");
  });
  test("a reply cut short, and one too long", async () => {
    for (const payload of [helloReply.slice(0, -1), new Uint8Array([...helloReply, 0])]) {
      const channel = fakeChannel((_, id) => encodeFrame(frame.hello | replyBit, id, payload));
      expect((await failure(Agent.connect(channel))).kind).toBe("protocol");
    }
  });
  test("a refusal: its words", async () => {
    const payload = new Wire().u32(2).u32(9).sized("not today").finish();
    const no = fakeChannel((_, id) => encodeFrame(errorFrame, id, payload));
    const { kind, message, detail } = await failure(Agent.connect(no));
    expect({ kind, message, detail }).toEqual({
      kind: "refused",
      message: "not today",
      detail: { kind: "refused", code: 9 },
    });
  });
  test("after a time-out, the late reply means nothing and the next request works", async () => {
    const late: Uint8Array[] = [];
    const channel = fakeChannel((type, id) => {
      if (type === frame.hello) return hello(id);
      late.push(encodeFrame(frame.ping | replyBit, id, new Uint8Array()));
      return late.length === 1 ? new Uint8Array() : Buffer.concat(late);
    });
    const agent = await Agent.connect(channel, { deadlineMs: 30 });
    expect((await failure(agent.ping())).kind).toBe("timeout");
    await agent.ping();
  });
});

test("frames are cut right however the stream is", () => {
  const frames = [0, 1, 300].map((size, id) => ({ type: 9, id, payload: new Uint8Array(size).fill(id) }));
  const stream = Buffer.concat(frames.map(({ type, id, payload }) => encodeFrame(type, id, payload)));
  for (const step of [1, 7, 8, 9, 100, stream.length]) {
    const splitter = new FrameSplitter();
    const got = [];
    for (let at = 0; at < stream.length; at += step)
      got.push(...splitter.push(new Uint8Array(stream.subarray(at, at + step))));
    expect(got).toEqual(frames);
  }
});

test("interest bits", () => {
  expect(interestBits([0, 9, 453])[1]).toBe(2);
  expect(() => interestBits([512])).toThrow(RangeError);
});

describe("a real agent", () => {
  test("says who it is, and moves files", async () => {
    await using local = await localAgent();
    const { agent, dir } = local;
    expect(agent.info).toMatchObject({ protocol: protocolVersion, arch: "x86_64", helper: `${dir}/exec-me` });
    const content = new Uint8Array(3_000_000).map((_, i) => i * 7);
    await agent.putFile(`${dir}/file`, content, 0o600);
    expect(await agent.getFile(`${dir}/file`)).toEqual(content);
    const { kind, detail } = await failure(agent.getFile(`${dir}/absent`));
    expect([kind, detail]).toEqual(["refused", { kind: "failed", code: 2 }]);
    expect((await failure(agent.stats(0))).message).toBe("no driver is loaded under this handle");
    await agent.ping();
  });

  test("a driver that this build does not have is an answer", async () => {
    await using local = await localAgent();
    const reply = await local.agent.load({ engine: "no-such" as "kmod" });
    expect(reply).toMatchObject({ ok: false });
  });

  test("a load test counts what its writers sent", async () => {
    await using local = await localAgent();
    const options = { writers: 3, writes: 1000, payloadBytes: 64, interest: [] };
    const reply = await local.agent.loadTest(options);
    expect(reply).toMatchObject({ timedOut: false, sent: [1000, 1000, 1000], mapUpdates: 0, streams: [] });
    const tooMany = await failure(local.agent.loadTest({ ...options, writers: 1000 }));
    expect(tooMany.detail?.kind).toBe("malformed");
  });

  test("stop ends it", async () => {
    await using local = await localAgent();
    await local.agent.stop();
    expect((await failure(local.agent.ping())).kind).toBe("closed");
  });
});
