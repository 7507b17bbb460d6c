import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { State } from "../state/state.ts";
import { fieldsOf } from "../testdata/rows.ts";
import { type Params, Story } from "../testdata/story.ts";

const client = { ip: "10.0.0.1", port: 4000 };
const server = { ip: "10.0.0.2", port: 443 };

function connected(): Story {
  const state = new State();
  state.interfaces.add({ address: "10.0.0.1", netmask: "255.0.0.0" });
  state.hostNames = new Map([["10.0.0.2", "db"]]);
  const story = new Story(state).tell("socket", { fd: 3, domain: 2, type: 1 });
  return story.tell("connect", { res: 0, fd: 3, tuple: { source: client, dest: server } });
}

fieldsOf("a connection", connected, [
  ["fd.lip", "10.0.0.1"],
  ["fd.rip", "10.0.0.2"],
  ["fd.lport", 4000],
  ["fd.rport", 443],
  ["fd.lproto", "4000"],
  ["fd.rproto", "443"],
  ["fd.cproto", "4000"],
  ["fd.sproto", "443"],
  ["fd.cip.name", null],
  ["fd.sip.name", "db"],
  ["fd.lip.name", null],
  ["fd.rip.name", "db"],
  ["fd.is_server", false],
  ["fd.containername", ":10.0.0.1:4000->10.0.0.2:443"],
  ["fd.containerdirectory", null],
  ["fd.uid", "1003"],
  ["fd.sockfamily", "ip"],
]);

test("both ends at once, for filters", () => {
  const story = connected();
  const value = ["fd.ip", "fd.port", "fd.proto", "fd.net", "fd.cnet", "fd.snet", "fd.lnet", "fd.rnet"];
  expect(value.map((field) => story.get(field))).toEqual([
    ["10.0.0.1", "10.0.0.2"],
    [4000, 443],
    [4000, 443],
    ["10.0.0.1", "10.0.0.2"],
    "10.0.0.1",
    "10.0.0.2",
    "10.0.0.1",
    "10.0.0.2",
  ]);
  expect(() => story.evt.getText("fd.ip")).toThrow("only be used in filters");
});

test.each([
  ["fd.ip = 10.0.0.2", true],
  ["fd.ip = 10.0.0.3", false],
  ["fd.ip != 10.0.0.2", false],
  ["fd.ip != 10.0.0.3", true],
  ["fd.ip in (10.0.0.3, 10.0.0.1)", true],
  ["fd.port = 443", true],
  ["fd.port = https", true],
  ["fd.port > 443", true],
  ["fd.port != 443", false],
  ["fd.port in (1, 443)", true],
  ["fd.proto = https", true],
  ["fd.net = 10.0.0.2/32", true],
  ["fd.net != 10.0.0.2/32", false],
  ["fd.net != 192.0.2.0/24", true],
  ["fd.net in (192.0.2.0/24, 10.0.0.0/8)", true],
  ["fd.net intersects (192.0.2.0/24, 10.0.0.0/8)", true],
  ["fd.cnet = 10.0.0.1/32", true],
  ["fd.snet = 10.0.0.1/32", false],
  ["fd.snet != 10.0.0.1/32", true],
  ["fd.lnet = 10.0.0.0/31", true],
  ["fd.rnet = fe80::/10", false],
  ["fd.sip.name = db", true],
  ["fd.ip exists", true],
] as const)("of a connection, %s is %p", (filter, answer) => {
  expect(connected().passes(filter)).toBe(answer);
});

test("what is no socket of IP has no end, and no network", () => {
  const story = new Story().tell("open", { fd: 3, name: "/a" });
  const filters = [
    "fd.ip exists",
    "fd.ip != 1.2.3.4",
    "fd.port != 1",
    "fd.net != 10.0.0.0/8",
    "fd.cnet != 10.0.0.0/8",
  ];
  expect(filters.map((filter) => story.passes(filter))).toEqual([true, false, false, false, false]);
  expect(story.tell("mkdir", { res: 0, path: "/x" }).passes("fd.ip exists")).toBe(false);
});

fieldsOf(
  "a listening socket",
  () =>
    new Story().tell("socket", { fd: 3, domain: 2, type: 1 }).tell("bind", { res: 0, fd: 3, addr: server }),
  [
    ["fd.sproto", ""],
    ["fd.cproto", ""],
    ["fd.lproto", null],
    ["fd.rproto", null],
    ["fd.is_server", true],
  ],
);

const opened: Params = {
  fd: 3,
  name: "sub//f",
  dev: 0x12345678,
  ino: 2 ** 40,
  flags: PPM.PPM_FD_LOWER_LAYER,
};
fieldsOf("a file", () => new Story().tell("open", opened), [
  ["fd.name", "/home/sub/f"],
  ["fd.nameraw", "sub/f"],
  ["fd.directory", "/home/sub"],
  ["fd.filename", "f"],
  ["fd.dev", 0x12345678, "12345678", '"12345678"'],
  ["fd.dev.major", 0x456],
  ["fd.dev.minor", 0x12378],
  ["fd.ino", 2 ** 40],
  ["fd.is_upper_layer", false],
  ["fd.is_lower_layer", true],
  ["fd.containername", ":/home/sub/f"],
  ["fd.containerdirectory", ":/home/sub"],
  ["fd.lproto", null],
  ["fd.types[3]", ["file"], "(file)"],
  ["fd.types[4]", null],
]);

fieldsOf(
  "a file that could not be opened",
  () => new Story().tell("openat", { fd: -2, dirfd: -100, name: "sub//f" }),
  [
    ["fd.num", -1],
    ["fd.name", "/home/sub/f"],
    ["fd.nameraw", "sub/f"],
    ["fd.directory", "/home/sub"],
    ["fd.filename", null],
    ["fd.type", null],
    ["fd.typechar", "f"],
    ["fd.dev.major", null],
    ["fd.is_upper_layer", null],
  ],
);

fieldsOf("a call without a descriptor", () => new Story().tell("mkdir", { res: 0, path: "/x" }), [
  ["fd.num", null],
  ["fd.name", null],
  ["fd.typechar", null],
  ["fd.containername", null],
]);

const polled = [3, 4, 5, 6, -1].map((fd) => ({ fd, events: 1 }));
function polling(): Story {
  const story = new Story().tell("open", { fd: 3, name: "/f" });
  story
    .tell("socket", { fd: 4, domain: 2, type: 1 })
    .tell("connect", { res: 0, fd: 4, tuple: { source: client, dest: server } });
  story
    .tell("socket", { fd: 5, domain: 10, type: 1 })
    .tell("bind", { res: 0, fd: 5, addr: { ip: "2001:db8::1", port: 80 } });
  return story.tell("poll", { res: 1, fds: polled, timeout: -1 });
}
fieldsOf("descriptors that are waited for", polling, [
  ["fdlist.nums", "3,4,5,6,-1"],
  ["fdlist.names", "/f,10.0.0.1:4000->10.0.0.2:443,2001:db8::1:80,<NA>,<NA>"],
  ["fdlist.cips", "10.0.0.1"],
  ["fdlist.sips", "10.0.0.2,2001:db8::1"],
  ["fdlist.cports", "4000"],
  ["fdlist.sports", "443"],
  ["evt.arg.fds", "3:f1 4:41 5:61 6:?1 18446744073709551615:?1"],
]);
fieldsOf("nobody waits", () => polling().tell("ppoll", { res: 0 }), [
  ["fdlist.nums", null],
  ["fdlist.names", null],
  ["fdlist.sips", null],
  ["evt.arg.fds", "NULL"],
]);

/** Directories: descriptor 3 is /opt, 4 a file. */
function at(name: string, params: Params): Story {
  const story = new Story().tell("open", { fd: 3, name: "/opt", flags: PPM.PPM_O_DIRECTORY });
  return story.tell("open", { fd: 4, name: "/file" }).tell(name, params);
}
const paths = ["evt.abspath", "evt.abspath.src", "evt.abspath.dst"];
test.each([
  ["openat", { fd: 5, dirfd: 3, name: "a/../b" }, ["/opt/b", "/opt/b", "/opt/b"]],
  ["openat", { fd: -2, dirfd: -100, name: "b" }, ["/home/b", "/home/b", "/home/b"]],
  ["openat2", { fd: 5, dirfd: 9, name: "b" }, ["<UNKNOWN>/b", "<UNKNOWN>/b", "<UNKNOWN>/b"]],
  ["mkdirat", { res: 0, dirfd: 3, path: "/b" }, ["/b", "/b", "/b"]],
  [
    "renameat2",
    { res: 0, olddirfd: 3, oldpath: "a", newdirfd: -100, newpath: "b" },
    ["/opt/a", "/opt/a", "/home/b"],
  ],
  ["linkat", { res: 0, olddir: 3, oldpath: "a", newdir: 3, newpath: "b" }, ["/opt/a", "/opt/a", "/opt/b"]],
  ["symlinkat", { res: 0, target: "t", linkdirfd: 3, linkpath: "l" }, ["/opt/l", "/opt/l", "/opt/l"]],
  ["unlinkat", { res: 0, dirfd: 3 }, [null, null, null]],
  ["open_by_handle_at", { fd: 5, mountfd: 3, path: "/h" }, ["/h", "/h", "/h"]],
  ["open_by_handle_at", { fd: -2, mountfd: 3, path: "/h" }, [null, null, null]],
  ["mkdir", { res: 0, path: "/h" }, [null, null, null]],
] as [string, Params, (string | null)[]][])("paths of %s %p", (name, params, expected) => {
  const story = at(name, params);
  expect(paths.map((field) => story.get(field))).toEqual(expected);
});

const fsPaths = ["name", "nameraw", "source", "sourceraw", "target", "targetraw"];
test.each([
  ["mkdir", { res: 0, path: "a" }, ["/home/a", "a", null, null, null, null]],
  ["mkdir", { res: -17, path: "a" }, [null, null, null, null, null, null]],
  ["mkdirat", { res: 0, dirfd: 3, path: "a" }, ["/opt/a", "a", null, null, null, null]],
  ["mkdirat", { res: 0, dirfd: -100, path: "a" }, ["<UNKNOWN>a", "a", null, null, null, null]],
  ["openat", { fd: 5, dirfd: -100, name: "a" }, ["/home/a", "a", null, null, null, null]],
  ["openat", { fd: -2, dirfd: -100, name: "a" }, ["<UNKNOWN>", "a", null, null, null, null]],
  ["fchmod", { res: 0, fd: 4, mode: 0 }, ["/file", "/file", null, null, null, null]],
  ["rename", { res: 0, oldpath: "a", newpath: "/b" }, [null, null, "/home/a", "a", "/b", "/b"]],
  ["link", { res: 0, oldpath: "a", newpath: "b" }, [null, null, "/home/b", "b", "/home/a", "a"]],
  [
    "symlinkat",
    { res: 0, target: "t", linkdirfd: 3, linkpath: "l" },
    [null, null, "/opt/l", "l", "<UNKNOWN>t", "t"],
  ],
  [
    "renameat2",
    { res: 0, olddirfd: 3, oldpath: "a", newdirfd: 9, newpath: "b" },
    [null, null, "/opt/a", "a", "<UNKNOWN>b", "b"],
  ],
  ["mount", { res: 0, dev: "tmpfs", dir: "/mnt" }, [null, null, "/home/tmpfs", "tmpfs", "/mnt", "/mnt"]],
  ["umount2", { res: 0, name: "/mnt" }, ["/mnt", "/mnt", null, null, null, null]],
] as [string, Params, (string | null)[]][])("fs.path.* of %s %p", (name, params, expected) => {
  const story = at(name, params);
  expect(fsPaths.map((field) => story.get(`fs.path.${field}`))).toEqual(expected);
});
