import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { type Params, Story } from "../testdata/story.ts";
import { type BufferFormat, bufferText, dottedText } from "./bytes.ts";
import { enumNames, flagNames } from "./flags.ts";
import { capabilityNames, errnoName, signalName } from "./names.ts";
import { isoText } from "./time.ts";

test("a flag of several bits takes them from those behind it", () => {
  expect(flagNames("file_flags", 4099)).toBe("O_RDWR|O_CLOEXEC");
  expect(flagNames("file_flags", 0)).toBe("O_NONE");
});

test("an enumeration gives all names of its value", () => {
  expect(enumNames("socket_families", 1)).toBe("AF_LOCAL|AF_UNIX");
  expect(enumNames("socket_families", 999)).toBe("");
});

test("names of numbers", () => {
  expect([1, 35, 41, 95, 115, 125, 126, 512, 524].map(errnoName)).toEqual([
    "EPERM",
    "EDEADLK",
    "",
    "EOPNOTSUPP",
    "EINPROGRESS",
    "ECANCELED",
    "",
    "ERESTARTSYS",
    "ENOTSUPP",
  ]);
  expect([9, 17, 31].map(signalName)).toEqual(["SIGKILL", "SIGCHLD", "SIGSYS"]);
  expect(capabilityNames((1n << 40n) | 1n)).toBe("CAP_CHOWN CAP_CHECKPOINT_RESTORE");
});

test("data and times", () => {
  expect(dottedText(Uint8Array.of(65, 0, 27, 126, 200))).toBe("A..~.");
  expect(isoText(1795470136654362571n)).toBe("2026-11-23T21:42:16.654362571+0000");
});

/** evt.arg.NAME as `raw` or `raw(resolved)`. */
function shown(event: string, params: Params, name: string): string {
  const story = new Story().tell("open", { fd: 3, name: "/opt", flags: PPM.PPM_O_DIRECTORY });
  story.state.users.add({ uid: 5, gid: 5, name: "five", home: "/", shell: "" });
  story.tell(event, params);
  return new RegExp(`(?:^| )${name}=(.*?)(?= [a-z_0-9]+=|$)`, "s").exec(story.text("evt.args")!)![1]!;
}

test.each([
  ["setuid", { res: 0, uid: 5 }, "uid", "5(five)"],
  ["setuid", { res: 0, uid: 0 }, "uid", "0(<NA>)"],
  ["setuid", { res: 0, uid: 0xffffffff }, "uid", "-1(<NONE>)"],
  ["setuid", { res: 0, uid: 0xfffffffe }, "uid", "-2(<NA>)"],
  ["setgid", { res: 0, gid: 7 }, "gid", "7(<NA>)"],
  ["lseek", { res: 5, fd: 3, offset: -10n, whence: 2 }, "offset", "-10"],
  ["read", { res: 5, fd: 3, size: 0xffffffff }, "size", "-1"],
  ["semget", { res: 0, key: -2, nsems: 1, semflg: 0 }, "key", "FFFFFFFE"],
  ["close", { res: -9, fd: 99 }, "res", "-9(EBADF)"],
  ["close", { res: 0, fd: 3 }, "fd", "3(<d>/opt)"],
  ["close", { res: 0, fd: -9 }, "fd", "-9(EBADF)"],
  ["openat", { fd: 5, dirfd: -100, name: "x" }, "dirfd", "-100(AT_FDCWD)"],
  ["openat", { fd: 5, dirfd: -100, name: "x" }, "name", "x(/home/x)"],
  ["mkdirat", { res: 0, dirfd: 3, path: "x" }, "path", "x(/optx)"],
  ["mkdirat", { res: 0, dirfd: 99, path: "a/../x" }, "path", "a/../x(x)"],
  ["mkdirat", { res: 0, dirfd: 3, path: "/x" }, "path", "/x"],
  ["mkdirat", { res: 0, dirfd: 3 }, "path", "<NA>"],
  ["open", { fd: 5, name: "(NULL)" }, "name", "<NA>"],
  ["poll", { res: 0, timeout: 5 }, "fds", "NULL"],
  ["read", { res: 0, fd: 3 }, "data", "NULL"],
  ["kill", { res: 0, pid: 100, sig: 9 }, "pid", "100(cat)"],
  ["kill", { res: 0, pid: 100, sig: 9 }, "sig", "9(SIGKILL)"],
  ["getsockopt", { res: -92, val: Uint8Array.of(0) }, "val", ""],
  ["getsockopt", { res: 0, val: Uint8Array.of(2) }, "val", "<NA>"],
  ["ppoll", { res: 0, sigmask: 0x80000005 }, "sigmask", "SIGHUP SIGQUIT"],
  ["connect", { res: 0, fd: 9 }, "tuple", "NULL"],
  ["connect", { res: 0, fd: 9, addr: { unix: "/s" } }, "addr", "/s"],
  ["socketpair", { res: 0, fd1: 5, fd2: 6, source: 255 }, "source", "FF"],
  [
    "chmod",
    { res: 0, filename: "/x", mode: 0o755 },
    "mode",
    "0755(S_IXOTH|S_IROTH|S_IXGRP|S_IRGRP|S_IXUSR|S_IWUSR|S_IRUSR)",
  ],
  [
    "execve",
    { res: 0, exe_ino_ctime: 1795470136654362571n },
    "exe_ino_ctime",
    "2026-11-23 21:42:16.654362571",
  ],
] as [string, Params, string, string][])("%s %p prints %s=%s", (event, params, name, text) => {
  expect(shown(event, params, name)).toBe(text);
});

test.each([
  [0n, "0(0s)"],
  [1_234_567_890n, "1234567890(1.23457s)"],
  [100_000n, "100000(0.0001s)"],
  [12_345n, "12345(1.2345e-05s)"],
  [999_999_500_000_000n, "999999500000000(1e+06s)"],
  [-1n, "none"],
])("a time of %d ns", (ns, text) => {
  expect(shown("nanosleep", { res: 0, interval: ns }, "interval")).toBe(text);
});

test.each([
  ["dots", "GET / HTTP/1.1..A..."],
  ["hex", "\n\t0x0000: 4745 5420 2f20 4854 5450 2f31 2e31 0d0a\n\t0x0010: 4100 0aff\n"],
  [
    "hexascii",
    "\n\t0x0000: 4745 5420 2f20 4854 5450 2f31 2e31 0d0a  GET / HTTP/1.1..\n\t0x0010: 4100 0aff                                A...\n",
  ],
  ["base64", "R0VUIC8gSFRUUC8xLjENCkEACv8="],
  ["ascii", "\nGET / HTTP/1.1\nA\n"],
  ["ascii-compact", "GET / HTTP/1.1\nA\n"],
] as const)("data as %s", (format, text) => {
  const bytes = Uint8Array.from("GET / HTTP/1.1\r\nA\x00\n\xff", (one) => one.charCodeAt(0));
  expect(bufferText(bytes, format)).toBe(text);
  const story = Object.assign(new Story(), { bufferFormat: format as BufferFormat });
  expect(story.tell("read", { res: 20, fd: 3, data: bytes }).get("evt.arg.data")).toBe(text);
  expect(story.passes("evt.arg.data startswith 'GET / HTTP/1.1..A'")).toBe(true);
  expect(bufferText(new Uint8Array(0), format)).toBe("");
});

test("an odd number of bytes", () => {
  expect(bufferText(Uint8Array.of(1, 2, 0x41), "hexascii")).toBe(`\n\t0x0000: 0102 41${" ".repeat(32)}..A\n`);
});
