/** ptrace: what the data argument is depends on the request. */
import { PPM } from "#schema/flags";
import {
  __WALL,
  PTRACE_ATTACH,
  PTRACE_CONT,
  PTRACE_DETACH,
  PTRACE_PEEKDATA,
  PTRACE_PEEKSIGINFO,
  PTRACE_POKEDATA,
  PTRACE_TRACEME,
} from "../../harness/program/constants.ts";
import type { BlockBuilder, ResultRef } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { dyn, i64, type Num, u8, u16, u64 } from "../../harness/run/values.ts";

const number = (value: Num) => dyn(PPM.PPM_PTRACE_IDX_UINT64, u64(value));
const signal = (value: number) => dyn(PPM.PPM_PTRACE_IDX_SIGTYPE, u8(value));

/** A child that waits to be told to go on; `body` runs while it is stopped and traced. */
function traced(p: BlockBuilder, body: (child: ResultRef) => void): ResultRef {
  const { first, second } = p.pipe2(0);
  const child = p.fork((c) => {
    c.read(first, c.buffer(1), 1);
  });
  p.ptrace(PTRACE_ATTACH, child, 0, 0);
  p.wait(child, __WALL);
  body(child);
  p.ptrace(PTRACE_DETACH, child, 0, 0);
  p.write(second, p.bytes("x"), 1);
  p.wait(child);
  return child;
}

function attachAndDetach(child: ResultRef) {
  const rest = { res: i64(0), addr: number(0), pid: i64(child) };
  return {
    attach: event("ptrace", { ...rest, data: number(0), request: u16(PPM.PPM_PTRACE_ATTACH) }),
    detach: event("ptrace", { ...rest, data: signal(0), request: u16(PPM.PPM_PTRACE_DETACH) }),
  };
}

syscallCase(
  "ptrace",
  "a word poked and peeked",
  (p) => {
    const word = p.int(0x1122_3344_5566_7788n, 8);
    const seen = p.buffer(8);
    const child = traced(p, (pid) => {
      p.ptrace(PTRACE_POKEDATA, pid, word, 0x0102_0304_0506_0708n);
      p.ptrace(PTRACE_PEEKDATA, pid, word, seen);
    });
    const { attach, detach } = attachAndDetach(child);
    const rest = { res: i64(0), addr: number(word.at()), pid: i64(child) };
    const data = number(0x0102_0304_0506_0708n);
    return [
      attach,
      event("ptrace", { ...rest, data, request: u16(PPM.PPM_PTRACE_POKEDATA) }),
      event("ptrace", { ...rest, data, request: u16(PPM.PPM_PTRACE_PEEKDATA) }),
      detach,
    ];
  },
  { native: "the word has more than 32 bits" },
);

syscallCase("ptrace", "a child asks to be traced", (p) => {
  const child = p.fork((c) => {
    c.ptrace(PTRACE_TRACEME, 0, 0, 0);
  });
  p.wait(child);
  const arguments_ = { addr: number(0), data: number(0), pid: i64(0) };
  return [event("ptrace", { res: i64(0), ...arguments_, request: u16(PPM.PPM_PTRACE_TRACEME) }, child)];
});

syscallCase("ptrace", "a failed call tells no arguments", (p) => {
  const res = p.ptrace(PTRACE_PEEKSIGINFO, -1, 0x1000, 0x2000, { errno: "ESRCH" });
  const nothing = { addr: number(0), data: number(0) };
  return [
    event("ptrace", { res: i64(res), ...nothing, request: u16(PPM.PPM_PTRACE_PEEKSIGINFO), pid: i64(-1) }),
  ];
});

syscallCase("ptrace", "a signal for nobody fails with ESRCH", (p) => {
  const res = p.ptrace(PTRACE_CONT, 0x3fff_ffff, 0, 9, { errno: "ESRCH" });
  const nothing = { addr: number(0), data: number(0) };
  const request = u16(PPM.PPM_PTRACE_CONT);
  return [event("ptrace", { res: i64(res), ...nothing, request, pid: i64(0x3fff_ffff) })];
});
