/** Fields of a capture against what the existing tools print of them. */
import { expect, test } from "bun:test";
import { ensure } from "../../../harness/build/step.ts";
import { libscapShared } from "../../libscap/build.ts";
import { arch } from "../../scap/ffi.ts";
import { Inspector } from "../index.ts";
import { goldenFields, goldenNames } from "../testdata/vm-http.ts";

await ensure(libscapShared(arch));

/** The order of what is open is no one's promise. */
const inOrder = (text: string) => `(${text.slice(1, -1).split(",").sort().join()})`;

test("fields are those of the existing tools", () => {
  const wanted = new Map(goldenFields.map((fields) => [Number(fields["evt.num"]), fields]));
  using inspector = Inspector.open({ savefile: `${import.meta.dir}/../../scap/testdata/vm-http.scap.gz` });
  let compared = 0;
  for (const evt of inspector) {
    const fields = wanted.get(evt.num);
    if (!fields) continue;
    compared++;
    const got = goldenNames.flatMap((name) => {
      const text = evt.getText(name);
      return text === null ? [] : [[name, name === "fd.types" ? inOrder(text) : text]];
    });
    const types = fields["fd.types"];
    expect(Object.fromEntries(got)).toEqual({ ...fields, ...(types && { "fd.types": inOrder(types) }) });
  }
  expect(compared).toBe(wanted.size);
});
