/** Calls that open files by name. Each sends its arguments twice: at enter (TOCTOU), and at exit. */
import { PPM } from "#schema/flags";
import {
  AT_FDCWD,
  O_APPEND,
  O_CLOEXEC,
  O_CREAT,
  O_DIRECTORY,
  O_EXCL,
  O_RDONLY,
  O_RDWR,
  O_TRUNC,
  O_WRONLY,
  RESOLVE_BENEATH,
  RESOLVE_NO_SYMLINKS,
} from "../../harness/program/constants.ts";
import { syscallCase } from "../../harness/run/case.ts";
import { enterEvent, event } from "../../harness/run/expected-event.ts";
import { empty, i64, text, u16, u32, u64 } from "../../harness/run/values.ts";

const { PPM_O_RDONLY, PPM_O_WRONLY, PPM_O_RDWR, PPM_O_CREAT, PPM_O_F_CREATED, PPM_O_CLOEXEC } = PPM;
const nowhere = { dev: u32(0), ino: u64(0) };

syscallCase("open", "creates a file", (p) => {
  const fd = p.open("created", O_CREAT | O_EXCL | O_RDWR, 0o640);
  const st = p.fstat(fd);
  const flags = PPM_O_CREAT | PPM.PPM_O_EXCL | PPM_O_RDWR;
  return [
    enterEvent("open", { name: text("created"), flags: u32(flags), mode: u32(0o640) }),
    event("open", {
      fd: i64(fd),
      name: text("created"),
      flags: u32(flags | PPM_O_F_CREATED),
      mode: u32(0o640),
      dev: u32(st.dev),
      ino: u64(st.ino),
    }),
  ];
});

syscallCase("open", "an existing file is not marked as created", (p) => {
  const st = p.stat("/proc/version");
  const fd = p.open("/proc/version", O_RDONLY | O_CLOEXEC);
  const flags = u32(PPM_O_RDONLY | PPM_O_CLOEXEC);
  const name = text("/proc/version");
  return [
    enterEvent("open", { name, flags, mode: u32(0) }),
    event("open", { fd: i64(fd), name, flags, mode: u32(0), dev: u32(st.dev), ino: u64(st.ino) }),
  ];
});

syscallCase("open", "fails with ENOENT", (p) => {
  const fd = p.open("no-such-file", O_WRONLY | O_APPEND | O_TRUNC, 0, { errno: "ENOENT" });
  const flags = u32(PPM_O_WRONLY | PPM.PPM_O_APPEND | PPM.PPM_O_TRUNC);
  const name = text("no-such-file");
  return [
    enterEvent("open", { name, flags, mode: u32(0) }),
    event("open", { fd: i64(fd), name, flags, mode: u32(0), ...nowhere }),
  ];
});

syscallCase("openat", "creates a file", (p) => {
  const fd = p.openat(AT_FDCWD, "created", O_CREAT | O_RDWR, 0o600);
  const st = p.fstat(fd);
  const common = { dirfd: i64(AT_FDCWD), name: text("created"), mode: u32(0o600) };
  return [
    enterEvent("openat", { ...common, flags: u32(PPM_O_CREAT | PPM_O_RDWR) }),
    event("openat", {
      ...common,
      fd: i64(fd),
      flags: u32(PPM_O_CREAT | PPM_O_RDWR | PPM_O_F_CREATED),
      dev: u32(st.dev),
      ino: u64(st.ino),
    }),
  ];
});

syscallCase("openat", "relative to a directory", (p) => {
  p.mkdir("dir", 0o755);
  // Not by open(), which some architectures have as openat() only.
  const how = p.struct("open_how", { flags: O_RDONLY | O_DIRECTORY });
  const dir = p.openat2(AT_FDCWD, "dir", how, how.memory.size);
  const fd = p.openat(dir, ".", O_DIRECTORY | O_CLOEXEC);
  const st = p.fstat(fd);
  const common = {
    dirfd: i64(dir),
    name: text("."),
    flags: u32(PPM_O_RDONLY | PPM.PPM_O_DIRECTORY | PPM_O_CLOEXEC),
    mode: u32(0),
  };
  return [
    enterEvent("openat", common),
    event("openat", { ...common, fd: i64(fd), dev: u32(st.dev), ino: u64(st.ino) }),
  ];
});

syscallCase("openat", "a name that cannot be read", (p) => {
  const fd = p.openat(-1, p.badPointer, O_RDONLY, 0, { errno: "EFAULT" });
  const common = { dirfd: i64(-1), name: empty, flags: u32(PPM_O_RDONLY), mode: u32(0) };
  return [enterEvent("openat", common), event("openat", { ...common, fd: i64(fd), ...nowhere })];
});

syscallCase("openat", "a name of 5000 bytes is cut at 4096", (p) => {
  const fd = p.openat(AT_FDCWD, "x".repeat(5000), O_RDONLY, 0, { errno: "ENAMETOOLONG" });
  const common = {
    dirfd: i64(AT_FDCWD),
    name: text("x".repeat(4095)),
    flags: u32(PPM_O_RDONLY),
    mode: u32(0),
  };
  return [enterEvent("openat", common), event("openat", { ...common, fd: i64(fd), ...nowhere })];
});

syscallCase("openat2", "creates a file beneath a directory", (p) => {
  const how = p.struct("open_how", { flags: O_CREAT | O_RDWR, mode: 0o644, resolve: RESOLVE_BENEATH });
  const fd = p.openat2(AT_FDCWD, "created", how, how.memory.size);
  const st = p.fstat(fd);
  const common = {
    dirfd: i64(AT_FDCWD),
    name: text("created"),
    mode: u32(0o644),
    resolve: u32(PPM.PPM_RESOLVE_BENEATH),
  };
  return [
    enterEvent("openat2", { ...common, flags: u32(PPM_O_CREAT | PPM_O_RDWR) }),
    event("openat2", {
      ...common,
      fd: i64(fd),
      flags: u32(PPM_O_CREAT | PPM_O_RDWR | PPM_O_F_CREATED),
      dev: u32(st.dev),
      ino: u64(st.ino),
    }),
  ];
});

syscallCase("openat2", "refuses a symlink", (p) => {
  p.symlink("target", "link");
  const how = p.struct("open_how", { flags: O_RDONLY, resolve: RESOLVE_NO_SYMLINKS });
  const fd = p.openat2(AT_FDCWD, "link", how, how.memory.size, { errno: "ELOOP" });
  const common = {
    dirfd: i64(AT_FDCWD),
    name: text("link"),
    flags: u32(PPM_O_RDONLY),
    mode: u32(0),
    resolve: u32(PPM.PPM_RESOLVE_NO_SYMLINKS),
  };
  return [enterEvent("openat2", common), event("openat2", { ...common, fd: i64(fd), ...nowhere })];
});

syscallCase("openat2", "how cannot be read", (p) => {
  const fd = p.openat2(AT_FDCWD, "f", p.badPointer, 24, { errno: "EFAULT" });
  const common = {
    dirfd: i64(AT_FDCWD),
    name: text("f"),
    flags: u32(PPM_O_RDONLY),
    mode: u32(0),
    resolve: u32(0),
  };
  return [enterEvent("openat2", common), event("openat2", { ...common, fd: i64(fd), ...nowhere })];
});

syscallCase("creat", "a new file", (p) => {
  const fd = p.creat("created", 0o755);
  const st = p.fstat(fd);
  return [
    enterEvent("creat", { name: text("created"), mode: u32(0o755) }),
    event("creat", {
      fd: i64(fd),
      name: text("created"),
      mode: u32(0o755),
      dev: u32(st.dev),
      ino: u64(st.ino),
      creat_flags: u16(0),
    }),
  ];
});

syscallCase("creat", "fails where a directory is", (p) => {
  p.mkdir("dir", 0o700);
  const fd = p.creat("dir", 0, { errno: "EISDIR" });
  return [
    enterEvent("creat", { name: text("dir"), mode: u32(0) }),
    event("creat", { fd: i64(fd), name: text("dir"), mode: u32(0), ...nowhere, creat_flags: u16(0) }),
  ];
});
