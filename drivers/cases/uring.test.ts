/** io_uring: its three calls. */
import { PPM } from "#schema/flags";
import {
  IORING_ENTER_EXT_ARG,
  IORING_ENTER_GETEVENTS,
  IORING_SETUP_CLAMP,
  IORING_SETUP_CQSIZE,
  IORING_SETUP_IOPOLL,
} from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u16, u32, u64 } from "../../harness/run/values.ts";

/** Features that have a name in the event's table; newer kernels report more. */
const namedFeatures = 0x7ffn;

function setup(p: BlockBuilder, flags: number, ppm: number) {
  const params = p.struct("io_uring_params", { flags, cq_entries: 16, sq_thread_cpu: 3, sq_thread_idle: 77 });
  const res = p.io_uring_setup(4, params);
  return event("io_uring_setup", {
    res: i64(res),
    entries: u32(4),
    sq_entries: u32(params.sq_entries),
    cq_entries: u32(params.cq_entries),
    flags: u32(ppm),
    sq_thread_cpu: u32(3),
    sq_thread_idle: u32(77),
    features: u32((facts) => facts.value(params.features) & namedFeatures),
  });
}

syscallCase("io_uring_setup", "a ring of chosen size", (p) => {
  const ppm = PPM.PPM_IORING_SETUP_CQSIZE | PPM.PPM_IORING_SETUP_CLAMP;
  return [setup(p, IORING_SETUP_CQSIZE | IORING_SETUP_CLAMP, ppm)];
});

syscallCase("io_uring_setup", "a polled ring", (p) => [
  setup(p, IORING_SETUP_IOPOLL, PPM.PPM_IORING_SETUP_IOPOLL),
]);

syscallCase("io_uring_setup", "parameters that cannot be read", (p) => {
  const res = p.io_uring_setup(4, p.badPointer, { errno: "EFAULT" });
  const none = { sq_entries: u32(0), cq_entries: u32(0), flags: u32(0) };
  const nothing = { sq_thread_cpu: u32(0), sq_thread_idle: u32(0), features: u32(0) };
  return [event("io_uring_setup", { res: i64(res), entries: u32(4), ...none, ...nothing })];
});

const ring = (p: BlockBuilder) => p.io_uring_setup(4, p.struct("io_uring_params"));

syscallCase("io_uring_enter", "waits for nothing with a signal set", (p) => {
  const fd = ring(p);
  const set = p.struct("sigset", { mask: 0x1_0000_0200 });
  const res = p.io_uring_enter(fd, 0, 0, IORING_ENTER_GETEVENTS, set, 8);
  const counts = { to_submit: u32(0), min_complete: u32(0) };
  const flags = u32(PPM.PPM_IORING_ENTER_GETEVENTS);
  return [event("io_uring_enter", { res: i64(res), fd: i64(fd), ...counts, flags, sig: u32(0x200) })];
});

syscallCase("io_uring_enter", "the signal set of an extended argument", (p) => {
  const fd = ring(p);
  // struct io_uring_getevents_arg: u64 sigmask, u32 sigmask_sz, u32 pad, u64 ts
  const extended = p.buffer(24);
  p.store(extended, p.struct("sigset", { mask: 0x800 }), 8);
  p.store(extended.slice(8, 4), 8);
  const flags = IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG;
  // Linux 5.10 does not know IORING_ENTER_EXT_ARG.
  const res = p.io_uring_enter(fd, 0, 0, flags, extended, 24, { any: true });
  const ppm = u32(PPM.PPM_IORING_ENTER_GETEVENTS | PPM.PPM_IORING_ENTER_EXT_ARG);
  const counts = { to_submit: u32(0), min_complete: u32(0) };
  return [event("io_uring_enter", { res: i64(res), fd: i64(fd), ...counts, flags: ppm, sig: u32(0x800) })];
});

syscallCase("io_uring_enter", "fails with EBADF", (p) => {
  const res = p.io_uring_enter(-1, 5, 6, 0, null, 0, { errno: "EBADF" });
  const counts = { to_submit: u32(5), min_complete: u32(6) };
  return [event("io_uring_enter", { res: i64(res), fd: i64(-1), ...counts, flags: u32(0), sig: u32(0) })];
});

const IORING_REGISTER_EVENTFD = 4;
const IORING_UNREGISTER_FILES = 3;

syscallCase("io_uring_register", "an eventfd", (p) => {
  const fd = ring(p);
  const counter = p.int(p.eventfd2(0, 0));
  const res = p.io_uring_register(fd, IORING_REGISTER_EVENTFD, counter, 1);
  const opcode = u16(PPM.PPM_IORING_REGISTER_EVENTFD);
  const rest = { arg: u64(counter.at()), nr_args: u32(1) };
  return [event("io_uring_register", { res: i64(res), fd: i64(fd), opcode, ...rest })];
});

syscallCase("io_uring_register", "fails with ENXIO", (p) => {
  const fd = ring(p);
  const res = p.io_uring_register(fd, IORING_UNREGISTER_FILES, null, 0, { errno: "ENXIO" });
  const opcode = u16(PPM.PPM_IORING_UNREGISTER_FILES);
  return [event("io_uring_register", { res: i64(res), fd: i64(fd), opcode, arg: u64(0), nr_args: u32(0) })];
});
