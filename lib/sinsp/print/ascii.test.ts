import { expect, test } from "bun:test";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { Inspector } from "../index.ts";
import { Story } from "../testdata/story.ts";
import { printArgs } from "./args.ts";
import { AsciiWriter } from "./ascii.ts";
import { writeArgs } from "./write-args.ts";

await ensure(libscapShared(arch));

const out = new AsciiWriter();

function written(write: () => unknown): string | null {
  out.start();
  write();
  return out.end();
}

test.each([
  0, 7, 10, -42, 2147483647, 2147483648, 4294967295, -2147483648, 1e9, 9007199254740991, -9007199254740991,
])("%d in digits", (value) => expect(written(() => out.decimal(value))).toBe(`${value}`));

test.each([0n, 15n, 0x80000000n, 0x7ffc_0000_1234n, 0xffff_ffff_ffff_ffffn])("%d in hex", (value) =>
  expect(written(() => out.hex(Number(value >> 32n) | 0, Number(value & 0xffffffffn) | 0))).toBe(
    value.toString(16).toUpperCase(),
  ),
);

test("only printable ASCII is taken", () => {
  for (const text of ["\x1f", "\x7f", "é", "\u2028", "\ud800"]) expect(out.text(text)).toBe(false);
  for (const code of [0, 0x1f, 0x7f, 0xff]) expect(out.ascii(Uint8Array.of(code), 0, 1)).toBe(false);
  const bytes = Buffer.from("a\0\x7f\xff~");
  expect(written(() => out.dotted(bytes, 0, bytes.length))).toBe("a....~");
});

test("a line that is too long is none, and the next one is whole", () => {
  expect(written(() => out.text("x".repeat(65536)))).toHaveLength(65536);
  expect(written(() => out.text("x".repeat(65537)))).toBeNull();
  expect(written(() => out.text("y"))).toBe("y");
});

test("all arguments of a capture are the same both ways", () => {
  using inspector = Inspector.open({ savefile: `${import.meta.dir}/../../scap/testdata/vm-http.scap.gz` });
  let quick = 0;
  for (const evt of inspector) {
    out.start();
    if (!writeArgs(evt.raw, evt, out)) continue;
    quick++;
    const [line, expected] = [out.end(), printArgs(evt.raw, evt)];
    if (line !== expected) expect(line).toBe(expected);
  }
  expect(quick).toBeGreaterThan(16000);
});

test.each(['"quoted" \\ </script>', "new\nline", "tab\tand\x9bcsi", "naïve 🦊", "(NULL)", "", "/a</b"])(
  "names, texts and data with %j come out as the fields' own texts do",
  (text) => {
    const story = new Story().tell("openat", { fd: 3, dirfd: -100, name: `/${text}`, flags: 1, mode: 0 });
    for (const told of [story, story.tell("write", { res: 3, fd: 3, data: Buffer.from(text) })]) {
      const { evt } = told;
      expect(told.text("evt.args")).toBe(evt.getText("evt.args"));
      expect(JSON.parse(told.json("evt.args"))).toBe(printArgs(evt.raw, evt));
      expect(told.json("evt.args")).not.toMatch(/<\/|\p{Cc}/u);
    }
  },
);
