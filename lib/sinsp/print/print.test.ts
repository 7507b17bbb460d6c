import { expect, test } from "bun:test";
import { dottedText } from "./bytes.ts";
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
  expect([1, 35, 41, 95, 115, 133, 134, 512].map(errnoName)).toEqual([
    "EPERM",
    "EDEADLK",
    "",
    "EOPNOTSUPP",
    "EINPROGRESS",
    "EHWPOISON",
    "",
    "ERESTARTSYS",
  ]);
  expect([9, 17, 31].map(signalName)).toEqual(["SIGKILL", "SIGCHLD", "SIGSYS"]);
  expect(capabilityNames((1n << 40n) | 1n)).toBe("CAP_CHOWN CAP_CHECKPOINT_RESTORE");
});

test("data and times", () => {
  expect(dottedText(Uint8Array.of(65, 0, 27, 126, 200))).toBe("A..~.");
  expect(isoText(1795470136654362571n)).toBe("2026-11-23T21:42:16.654362571+0000");
});
