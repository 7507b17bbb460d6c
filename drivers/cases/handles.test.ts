/** Files opened by handle: there is no name in the call, so the path comes from the kernel. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  O_CREAT,
  O_DIRECTORY,
  O_NONBLOCK,
  O_RDONLY,
  O_RDWR,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u32, u64 } from "../../harness/run/values.ts";

syscallCase("open_by_handle_at", "a file below the working directory", (p) => {
  p.openat(AT_FDCWD, "file", O_CREAT | O_RDWR, 0o600);
  const handle = p.struct("file_handle", { handle_bytes: 128 });
  p.name_to_handle_at(AT_FDCWD, "file", handle, p.buffer(4), 0);
  const mount = p.open(".", O_RDONLY | O_DIRECTORY, 0);
  const fd = p.open_by_handle_at(mount, handle, O_RDWR | O_NONBLOCK);
  const st = p.fstat(fd);
  const cwd = p.buffer(4096);
  p.getcwd(cwd, 4096);
  return [
    event("open_by_handle_at", {
      fd: i64(fd),
      mountfd: i64(mount),
      flags: u32(PPM.PPM_O_RDWR | PPM.PPM_O_NONBLOCK),
      path: text((facts) => `${Buffer.from(facts.bytes(cwd.text()))}/file`),
      dev: u32(st.dev),
      ino: u64(st.ino),
    }),
  ];
});

syscallCase("open_by_handle_at", "fails with EBADF", (p) => {
  const handle = p.struct("file_handle", { handle_bytes: 8, handle_type: 1 });
  const fd = p.open_by_handle_at(-1, handle, O_RDONLY, { errno: "EBADF" });
  return [
    event("open_by_handle_at", {
      fd: i64(fd),
      mountfd: i64(-1),
      flags: u32(PPM.PPM_O_RDONLY),
      path: empty,
      dev: u32(0),
      ino: u64(0),
    }),
  ];
});
