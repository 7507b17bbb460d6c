import { expect, test } from "bun:test";
import { PPME } from "#schema/events";
import type { FieldValue } from "../fields/source.ts";
import { compileFilter, type FilterOptions } from "./index.ts";
import { model, readings } from "./testdata/model.ts";

const openat = PPME.SYSCALL_OPENAT_2_X;
const asked = (text: string, values: Record<string, FieldValue>, options?: FilterOptions) =>
  compileFilter(model, text, options)({ code: openat, values });

test.each([
  ["proc.name != cat", { "proc.name": null }, false],
  ["not proc.name = cat", { "proc.name": null }, true],
  ["proc.name exists", { "proc.name": "" }, true],
  ["user.uid = -1", { "user.uid": 4294967295 }, true],
  ["proc.pid = 9007199254740993", { "proc.pid": 9007199254740993n }, true],
  ["proc.pid > 9007199254740992", { "proc.pid": 9007199254740993n }, true],
  ["proc.name < val(proc.exe)", { "proc.name": "\uFFFD", "proc.exe": "\u{1F600}" }, true],
  ["fd.sport = https", { "fd.sport": 443 }, true],
  ["fd.sip = 2001:DB8:0::1", { "fd.sip": "2001:db8::1" }, true],
  ["fd.net = fe80::/10", { "fd.net": ["10.0.0.1", "febf::1"] }, true],
  ["fd.ip != 10.0.0.1", { "fd.ip": ["10.0.0.1", "10.0.0.2"] }, false],
  ["fd.ip != 10.0.0.1", { "fd.ip": [] }, false],
  ["fd.ip exists", { "fd.ip": [] }, true],
  ["proc.apid in (3)", { "proc.apid": [2, 3] }, true],
  ["evt.rawarg.res < 5", { "evt.rawarg.res": "1" }, false],
  ["evt.around[5000000] = 3", { "evt.rawtime": 8000000 }, true],
  ["evt.around[5000000] = 3", { "evt.rawtime": 8000001 }, false],
  ["evt.buffer contains '\\xff\\xfe'", { "evt.buffer": Uint8Array.of(1, 0xff, 0xfe) }, true],
  ["basename(fd.name) = ''", { "fd.name": "/a/b/" }, true],
  ["proc.name = allof ()", { "proc.name": "a" }, false],
  ["proc.name != allof ()", { "proc.name": "a" }, false],
  ["proc.name != anyof (a, b)", { "proc.name": "a" }, true],
  ["proc.name = oneof (a, a)", { "proc.name": "a" }, false],
  ["toupper(evt.type) = OPENAT", {}, true],
  ["toupper(evt.type) = openat", {}, false],
  ["b64(proc.name) = hi", { "proc.name": "aGk=" }, true],
  ["b64(proc.name) exists", { "proc.name": "aGk" }, false],
  ["len(proc.name) = 2", { "proc.name": "é" }, true],
  ["len(fd.types) = 1", { "fd.types": ["file"] }, true],
  ["join('-', (proc.name, proc.exe)) = a-b", { "proc.name": "a", "proc.exe": "b" }, true],
  ["concat(proc.name, 'x', proc.exe) = axb", { "proc.name": "a", "proc.exe": "b" }, true],
  [
    "getopt((proc.args[0], proc.args[1]), 'ab:')[b] = x",
    { "proc.args[0]": "-ab", "proc.args[1]": "x" },
    true,
  ],
] as [string, Record<string, FieldValue>, boolean][])("%p of %p is %p", (text, values, answer) => {
  expect(asked(text, values)).toBe(answer);
});

test("macros and lists are the caller's; a name that is no list's is a value", () => {
  const options = { macros: { shell: "proc.name in shells" }, lists: { shells: ["sh", "bash"] } };
  expect(asked("evt.type = openat and shell", { "proc.name": "bash" }, options)).toBe(true);
  expect(asked("proc.name in (zsh, shells)", { "proc.name": "sh" }, options)).toBe(true);
  expect(asked("proc.name in others", { "proc.name": "others" }, options)).toBe(true);
});

test("an event of another type is refused before anything of it is read", () => {
  const wanted = compileFilter(
    model,
    "proc.name glob *x* and fd.name startswith / and evt.type in (openat, read)",
  );
  readings.length = 0;
  expect(wanted({ code: PPME.SYSCALL_CLOSE_X, values: { "proc.name": "x", "fd.name": "/" } })).toBe(false);
  expect(readings).toEqual([]);
  expect(wanted.mayMatch(PPME.SYSCALL_CLOSE_X)).toBe(false);
  expect(wanted.mayMatch(openat)).toBe(true);
});

test("cheap checks come first, and a field is read once", () => {
  const wanted = compileFilter(
    model,
    "evt.args contains x and (proc.name = a or proc.name = b) and proc.pid = 1",
  );
  readings.length = 0;
  wanted({ code: openat, values: { "proc.pid": 1, "proc.name": "c", "evt.args": "x" } });
  expect(readings).toEqual(["proc.pid", "proc.name"]);
});

test("a stateful field is read for every event, at its place", () => {
  const wanted = compileFilter(model, "util.cnt > 0 and evt.type = openat");
  readings.length = 0;
  wanted({ code: PPME.SYSCALL_CLOSE_X, values: { "util.cnt": 1 } });
  expect(readings).toEqual(["util.cnt", "evt.type"]);
});

test("nothing of a filter becomes code", () => {
  const text = `proc.name = "'; throw 1; //" or proc.exe startswith "\`\${process.exit(1)}"`;
  expect(asked(text, { "proc.name": "'; throw 1; //" })).toBe(true);
});

test("warnings", () => {
  const codes = (text: string) => compileFilter(model, text).warnings.map(({ code }) => code);
  expect(codes("proc.name = proc.exe")).toEqual(["VALUE_LOOKS_LIKE_FIELD"]);
  expect(codes("proc.name = 'tolower(x)'")).toEqual(["VALUE_LOOKS_LIKE_TRANSFORMER"]);
  expect(codes("proc.name regex 'abc.*' or proc.name regex 'a+'")).toEqual(["REGEX_COULD_BE_SIMPLER"]);
});

test("nesting of 100, lists of 100 000 values and chains of 20 000 checks", () => {
  const deep = `${"(".repeat(100)}proc.name = a${")".repeat(100)}`;
  expect(asked(deep, { "proc.name": "a" })).toBe(true);
  const values = Array.from({ length: 100_000 }, (_, index) => `v${index}`);
  expect(asked(`proc.name in (${values.join(", ")})`, { "proc.name": "v99999" })).toBe(true);
  expect(asked(`fd.name pmatch (${values.map((one) => `/${one}`).join()})`, { "fd.name": "/v99999/x" })).toBe(
    true,
  );
  const chain = values.slice(0, 20_000).map((one) => `proc.name startswith ${one}`);
  expect(asked(chain.join(" or "), { "proc.name": "v19999" })).toBe(true);
}, 60_000);
