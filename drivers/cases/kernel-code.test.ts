/** Code for the kernel: modules and BPF. No module is at hand that every kernel would take: only failures. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  BPF_MAP_CREATE,
  O_CREAT,
  O_NONBLOCK,
  O_RDWR,
  O_TRUNC,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { bytes, empty, i64, text, u32, u64 } from "../../harness/run/values.ts";

const image =
  "not an ELF file, and longer than the eighty bytes of a buffer that are kept by default. ".repeat(3);

syscallCase("init_module", "fails with ENOEXEC", (p) => {
  const res = p.init_module(p.bytes(image), image.length, "debug=1", { errno: "ENOEXEC" });
  const length = u64(image.length);
  return [
    event("init_module", { res: i64(res), img: bytes(image.slice(0, 80)), length, uargs: text("debug=1") }),
  ];
});

syscallCase("init_module", "an image that cannot be read", (p) => {
  const res = p.init_module(p.badPointer, 4096, null, { errno: "EFAULT" });
  return [event("init_module", { res: i64(res), img: empty, length: u64(4096), uargs: empty })];
});

/** MODULE_INIT_IGNORE_MODVERSIONS | MODULE_INIT_IGNORE_VERMAGIC */
const ignoreVersions = 3;

syscallCase("finit_module", "fails with ENOEXEC", (p) => {
  const fd = p.openat(AT_FDCWD, "module.ko", O_CREAT | O_RDWR, 0o600);
  p.write(fd, p.bytes(image), image.length);
  p.close(fd);
  const reading = p.openat(AT_FDCWD, "module.ko", 0);
  const res = p.finit_module(reading, "debug=1", ignoreVersions, { errno: "ENOEXEC" });
  const flags = u32(PPM.PPM_MODULE_INIT_IGNORE_MODVERSIONS | PPM.PPM_MODULE_INIT_IGNORE_VERMAGIC);
  return [event("finit_module", { res: i64(res), fd: i64(reading), uargs: text("debug=1"), flags })];
});

syscallCase("finit_module", "fails with EBADF", (p) => {
  const res = p.finit_module(-1, p.badPointer, 0, { errno: "EBADF" });
  return [event("finit_module", { res: i64(res), fd: i64(-1), uargs: empty, flags: u32(0) })];
});

syscallCase("delete_module", "fails with ENOENT", (p) => {
  const res = p.delete_module("no_such_module", O_NONBLOCK | O_TRUNC, { errno: "ENOENT" });
  const flags = u32(PPM.PPM_DELETE_MODULE_O_NONBLOCK | PPM.PPM_DELETE_MODULE_O_TRUNC);
  return [event("delete_module", { res: i64(res), name: text("no_such_module"), flags })];
});

syscallCase("delete_module", "a name that cannot be read", (p) => {
  const res = p.delete_module(p.badPointer, O_NONBLOCK, { errno: "EFAULT" });
  const flags = u32(PPM.PPM_DELETE_MODULE_O_NONBLOCK);
  return [event("delete_module", { res: i64(res), name: empty, flags })];
});

syscallCase("bpf", "an array map", (p) => {
  // union bpf_attr: map_type BPF_MAP_TYPE_ARRAY, key_size, value_size, max_entries, …
  const attributes = p.buffer(72);
  for (const [i, value] of [2, 4, 8, 1].entries()) p.store(attributes.slice(4 * i, 4), value);
  const fd = p.bpf(BPF_MAP_CREATE, attributes, attributes.size);
  return [event("bpf", { fd: i64(fd), cmd: u32(PPM.PPM_BPF_MAP_CREATE) })];
});

syscallCase("bpf", "fails with EINVAL", (p) => {
  const fd = p.bpf(4321, p.buffer(72), 72, { errno: "EINVAL" });
  return [event("bpf", { fd: i64(fd), cmd: u32(4321) })];
});
