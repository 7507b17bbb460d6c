import { expect, test } from "bun:test";
import { PPME } from "#schema/events";
import { buildEvent } from "../../lib/scap/frame.ts";
import { showResult } from "./show-result.ts";

test("a result is shown with its program, its events in words and bytes, and the difference", () => {
  const frame = buildEvent({
    ts: 1n,
    tid: 7n,
    type: PPME.SYSCALL_CLOSE_X,
    params: [new Uint8Array(8), Uint8Array.of(3, 0, 0, 0, 0, 0, 0, 0)],
  });
  const hex = Buffer.from(frame).toString("hex");
  const text = showResult({
    kind: "case",
    target: "x86_64/debian-6.12/kmod",
    case: "close/an-open-file",
    syscall: "close",
    outcome: "fail",
    reason: "one difference",
    ms: 12.3,
    program: "close(3)\n",
    raw: [hex],
    diff: "expected 0",
    repro: "",
  });
  expect(text).toBe(`fail  x86_64/debian-6.12/kmod:close/an-open-file  12 ms
one difference

program:
close(3)

events:
close res=0 (0000000000000000) fd=3 (0300000000000000) [tid 7]
  ${hex}

expected against got:
expected 0`);
});
