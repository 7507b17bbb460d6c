/** Filters on events with their state. */
import { expect, test } from "bun:test";
import { ensure } from "../../harness/build/step.ts";
import { libscapShared } from "../libscap/build.ts";
import { arch } from "../scap/ffi.ts";
import { fieldSource } from "./fields/readers.ts";
import { compileFilter } from "./filter/index.ts";
import { Inspector } from "./index.ts";

await ensure(libscapShared(arch));

test.each([
  ["evt.type = accept and fd.sport = 8081 and proc.name = httpd", 40],
  ["evt.type in (openat) and fd.name startswith /tmp/www", 42],
  ["proc.duration < 0", 0],
])("%s", (text, count) => {
  const wanted = compileFilter(fieldSource, text);
  using inspector = Inspector.open({ savefile: `${import.meta.dir}/../scap/testdata/vm-http.scap.gz` });
  let found = 0;
  for (const evt of inspector) if (wanted(evt)) found++;
  expect(found).toBe(count);
});
