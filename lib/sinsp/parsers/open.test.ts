import { expect, test } from "bun:test";
import { PPM } from "#schema/flags";
import { type Params, Story } from "../testdata/story.ts";

const { PPM_O_RDWR, PPM_O_F_CREATED, PPM_O_DIRECTORY, PPM_FD_UPPER_LAYER, PPM_FD_LOWER_LAYER } = PPM;

/** fd.name of an opened file, told after /opt and / have become descriptors 3 and 4. */
function named(name: string, params: Params, enter?: Params): unknown {
  const story = new Story()
    .tell("open", { fd: 3, name: "/opt", flags: PPM_O_DIRECTORY })
    .tell("open", { fd: 4, name: "/", flags: PPM_O_DIRECTORY });
  if (enter) story.tell(`${name}>`, enter);
  return story.tell(name, params).get("fd.name");
}

test.each([
  ["open", { fd: 5, name: "/a//b/../c/" }, "/a/c"],
  ["open", { fd: 5, name: "x" }, "/home/x"],
  ["open", { fd: 5 }, "/home/<NA>"],
  ["creat", { fd: 5, name: "../x" }, "/x"],
  ["openat", { fd: 5, dirfd: -100, name: "x" }, "/home/x"],
  ["openat", { fd: 5, dirfd: 3, name: "x" }, "/opt/x"],
  ["openat", { fd: 5, dirfd: 4, name: "x" }, "/x"],
  ["openat", { fd: 5, dirfd: 77, name: "/x" }, "/x"],
  ["openat", { fd: 5, dirfd: 77, name: "x" }, "<UNKNOWN>x"],
  ["openat2", { fd: 5, dirfd: 3, name: "x" }, "/opt/x"],
  ["open_by_handle_at", { fd: 5, mountfd: 3, path: "/h" }, "/h"],
  ["open_by_handle_at", { fd: 5, mountfd: 3 }, "<NA>"],
] as [string, Params, string][])("%s %p is %s", (name, params, path) => {
  expect(named(name, params)).toBe(path);
});

test.each([
  ["open", { fd: 5, name: "/evil" }, { name: "/real", flags: 1 }, "/real"],
  ["openat", { fd: 5, dirfd: 3, name: "/evil" }, { dirfd: 4, name: "real" }, "/real"],
  ["openat2", { fd: 5, dirfd: 3, name: "/evil" }, { dirfd: 3, name: "real" }, "/opt/real"],
  ["creat", { fd: 5, name: "/evil" }, { name: "real" }, "/home/real"],
  ["open", { fd: 5, name: "/seen" }, {}, "/seen"],
  ["open", { fd: 5, name: "/seen" }, { name: "<NA>" }, "/seen"],
  ["open", { fd: 5, name: "/seen" }, { name: "(NULL)" }, "/seen"],
] as [string, Params, Params, string][])("%s %p after the enter event %p", (name, exit, enter, path) => {
  expect(named(name, exit, enter)).toBe(path);
});

test("an enter event counts for its own call only", () => {
  const story = new Story().tell("open>", { name: "/real" }).tell("close", { res: 0, fd: 9 });
  expect(story.tell("open", { fd: 5, name: "/x" }).get("fd.name")).toBe("/x");
  story.tell("open>", { name: "/real" }).tell("switch", { next: 1 }).tell("page_fault>");
  expect(story.tell("open", { fd: 5, name: "/x" }).get("fd.name")).toBe("/real");
  expect(story.tell("open", { fd: 5, name: "/x" }).get("fd.name")).toBe("/x");
});

test("flags, device, inode and layer; of the enter's flags those that the exit has added stay", () => {
  const story = new Story().tell("open>", { name: "/f", flags: PPM_O_RDWR });
  const flags = PPM_O_DIRECTORY | PPM_O_F_CREATED | PPM_FD_UPPER_LAYER;
  story.tell("open", { fd: 5, name: "/f", flags, dev: 0x801, ino: 7 });
  const names = [
    "fd.type",
    "fd.dev.major",
    "fd.dev.minor",
    "fd.ino",
    "fd.is_upper_layer",
    "fd.is_lower_layer",
  ];
  expect(names.map((field) => story.get(field))).toEqual(["file", 8, 1, 7, true, false]);
  expect(story.evt.fd?.openFlags).toBe(PPM_O_RDWR | PPM_O_F_CREATED | PPM_FD_UPPER_LAYER);
  story.tell("creat", { fd: 6, name: "/g", creat_flags: PPM.PPM_FD_LOWER_LAYER_CREAT });
  expect(story.evt.fd?.openFlags).toBe(PPM_FD_LOWER_LAYER);
});

test("a device without an inode, as old events have it, counts for open and creat only", () => {
  const story = new Story();
  const dev = (name: string) => story.tell(name, { fd: 5, name: "/f", dev: 0x801 }).evt.fd?.dev;
  expect(["open", "creat", "openat", "openat2"].map(dev)).toEqual([0x801, 0x801, 0, 0]);
});
