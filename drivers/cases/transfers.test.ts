/** Data moved between two descriptors by the kernel. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  O_CREAT,
  O_RDWR,
  SPLICE_F_GIFT,
  SPLICE_F_MORE,
  SPLICE_F_MOVE,
  SPLICE_F_NONBLOCK,
} from "../../harness/program/constants.ts";
import type { BlockBuilder } from "../../harness/program/index.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { i64, u32, u64 } from "../../harness/run/values.ts";

function file(p: BlockBuilder, name: string, content = "") {
  const fd = p.openat(AT_FDCWD, name, O_CREAT | O_RDWR, 0o600);
  if (content) p.pwrite64(fd, p.bytes(content), content.length, 0);
  return fd;
}

syscallCase("splice", "from a file to a pipe", (p) => {
  const source = file(p, "source", "hello world");
  const { second } = p.pipe2(0);
  const res = p.splice(source, null, second, null, 5, SPLICE_F_MOVE | SPLICE_F_MORE);
  const flags = u32(PPM.PPM_SPLICE_F_MOVE | PPM.PPM_SPLICE_F_MORE);
  return [event("splice", { res: i64(res), fd_in: i64(source), fd_out: i64(second), size: u64(5), flags })];
});

syscallCase(
  "splice",
  "fails with EBADF",
  (p) => {
    const res = p.splice(-1, null, -2, null, 0x1_0000_0000, SPLICE_F_NONBLOCK | SPLICE_F_GIFT, {
      errno: "EBADF",
    });
    const flags = u32(PPM.PPM_SPLICE_F_NONBLOCK | PPM.PPM_SPLICE_F_GIFT);
    const fds = { fd_in: i64(-1), fd_out: i64(-2) };
    return [event("splice", { res: i64(res), ...fds, size: u64(0x1_0000_0000), flags })];
  },
  { native: "the size has more than 32 bits" },
);

syscallCase("sendfile", "from an offset, which the call moves", (p) => {
  const source = file(p, "source", "hello world");
  const target = file(p, "target");
  const offset = p.int(6, 8);
  const res = p.sendfile(target, source, offset, 4);
  const fds = { out_fd: i64(target), in_fd: i64(source) };
  return [event("sendfile", { res: i64(res), offset: u64(10), ...fds, size: u64(4) })];
});

syscallCase("sendfile", "fails with EBADF", (p) => {
  const res = p.sendfile(-1, -2, null, 44, { errno: "EBADF" });
  return [
    event("sendfile", { res: i64(res), offset: u64(0), out_fd: i64(-1), in_fd: i64(-2), size: u64(44) }),
  ];
});

syscallCase("copy_file_range", "between offsets, which the call moves", (p) => {
  const source = file(p, "source", "hello world");
  const target = file(p, "target", "0123456789");
  const res = p.copy_file_range(source, p.int(6, 8), target, p.int(2, 8), 5, 0);
  return [
    event("copy_file_range", {
      res: i64(res),
      fdout: i64(target),
      offout: u64(7),
      fdin: i64(source),
      offin: u64(11),
      len: u64(5),
    }),
  ];
});

syscallCase("copy_file_range", "fails with EBADF", (p) => {
  const res = p.copy_file_range(-1, null, -2, null, 17, 0, { errno: "EBADF" });
  const offsets = { offout: u64(0), offin: u64(0) };
  return [
    event("copy_file_range", { res: i64(res), fdout: i64(-2), fdin: i64(-1), ...offsets, len: u64(17) }),
  ];
});
