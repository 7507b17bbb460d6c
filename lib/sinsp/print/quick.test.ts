import { expect, test } from "bun:test";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { Inspector } from "../index.ts";
import { printArgs, printParam } from "./args.ts";

await ensure(libscapShared(arch));

test("the quick way says what printValue() says", () => {
  using inspector = Inspector.open({ savefile: `${import.meta.dir}/../../scap/testdata/vm-http.scap.gz` });
  for (const evt of inspector) {
    if (evt.name === "NA" || evt.raw.info.code === 1) continue;
    const slow = evt.raw.info.params.slice(0, evt.raw.nparams).map(({ name }, index) => {
      const { raw, resolved } = printParam(evt.raw, index, evt)!;
      return `${name}=${raw}${resolved === "" ? "" : `(${resolved})`}`;
    });
    if (printArgs(evt.raw, evt) !== slow.join(" ")) expect(printArgs(evt.raw, evt)).toBe(slow.join(" "));
  }
});

test("seconds and nanoseconds of a time, without bigints", () => {
  using inspector = Inspector.open({ savefile: `${import.meta.dir}/../../scap/testdata/vm-http.scap.gz` });
  for (const { raw } of inspector) {
    const { ts, seconds, nanoseconds } = raw;
    if (BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds) !== ts)
      expect({ seconds, nanoseconds }).toEqual({ ts } as never);
  }
});
