/** Another process's memory, here the program's own. The event tells the bytes on the caller's side. */
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { bytes, empty, i64 } from "../../harness/run/values.ts";

/** Larger than any process id can be. */
const nobody = 0x3fff_ffff;

syscallCase("process_vm_readv", "into two buffers", (p) => {
  const local = p.iovec([p.buffer(4), p.buffer(4)]);
  const res = p.process_vm_readv(p.pid, local, 2, p.iovec([p.bytes("abcdef")]), 1, 0);
  return [event("process_vm_readv", { res: i64(res), pid: i64(p.pid), data: bytes("abcdef") })];
});

syscallCase("process_vm_readv", "a failed call has no data", (p) => {
  const remote = p.iovec([p.buffer(8)]);
  const res = p.process_vm_readv(nobody, p.iovec(["left"]), 1, remote, 1, 0, { errno: "ESRCH" });
  return [event("process_vm_readv", { res: i64(res), pid: i64(nobody), data: empty })];
});

syscallCase("process_vm_writev", "from two buffers", (p) => {
  const remote = p.iovec([p.buffer(8)]);
  const res = p.process_vm_writev(p.pid, p.iovec(["one", "three"]), 2, remote, 1, 0);
  return [event("process_vm_writev", { res: i64(res), pid: i64(p.pid), data: bytes("onethree") })];
});

syscallCase("process_vm_writev", "a failed call has no data", (p) => {
  const remote = p.iovec([p.buffer(8)]);
  const res = p.process_vm_writev(nobody, p.iovec(["lost"]), 1, remote, 1, 0, { errno: "ESRCH" });
  return [event("process_vm_writev", { res: i64(res), pid: i64(nobody), data: empty })];
});
