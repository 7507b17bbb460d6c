import { expect, test } from "bun:test";
import fc from "fast-check";
import { FdInfo, FdType } from "../state/fd.ts";
import { Story } from "../testdata/story.ts";
import { receivedDescriptors } from "./rights.ts";

/** Control messages as the kernel writes them. */
function control(
  ...messages: { level?: number; type?: number; numbers: number[]; length?: number }[]
): Uint8Array {
  return Buffer.concat(
    messages.map(({ level = 1, type = 1, numbers, length = 16 + 4 * numbers.length }) => {
      const bytes = Buffer.alloc((16 + 4 * numbers.length + 7) & ~7);
      bytes.writeBigUInt64LE(BigInt(length));
      bytes.writeInt32LE(level, 8);
      bytes.writeInt32LE(type, 12);
      for (const [i, number] of numbers.entries()) bytes.writeInt32LE(number, 16 + 4 * i);
      return bytes;
    }),
  );
}

test.each([
  [control({ numbers: [5] }), [5]],
  [control({ numbers: [5, 6, 7] }, { type: 2, numbers: [1, 2, 3] }, { numbers: [8] }), [5, 6, 7, 8]],
  [control({ level: 41, numbers: [5] }), []],
  [control({ numbers: [5], length: 17 }), []],
  [control({ numbers: [5], length: 15 }), []],
  [control({ numbers: [5], length: 2 ** 40 }), []],
  [control({ numbers: Array(254).fill(1) }), []],
  [new Uint8Array(15), []],
])("%#: descriptors in control messages", (bytes, numbers) => {
  expect(receivedDescriptors(bytes)).toEqual(numbers);
});

test("whatever the bytes, there is an answer", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 100 }),
      (bytes) => receivedDescriptors(bytes).length <= bytes.length / 4,
    ),
  );
});

test("the host tells what has been received", () => {
  const story = new Story().tell("socketpair", { res: 0, fd1: 3, fd2: 4 });
  const tell = () => story.tell("recvmsg", { res: 1, fd: 3, msgcontrol: control({ numbers: [9] }) });
  expect(tell().state.threads.get(100)!.fd(9)).toBeUndefined();
  const asked: unknown[] = [];
  const fds = (pid: number, wanted: readonly number[]) => {
    asked.push([pid, ...wanted]);
    return new Map([[9, Object.assign(new FdInfo(FdType.FILE_V2), { name: "/passed" })]]);
  };
  story.state.host = { fds };
  expect(tell().state.threads.get(100)!.fd(9)?.name).toBe("/passed");
  expect(asked).toEqual([[100, 9]]);
});
