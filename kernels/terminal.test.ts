import { expect, test } from "bun:test";
import { progressBar } from "./progress-text.ts";
import { terminalProgress } from "./terminal.ts";

/** What is written while a package of 40 MB comes, with a pause of a second after each quarter. */
function written(isTTY: boolean, from = 0): string[] {
  const texts: string[] = [];
  let now = 0;
  const sink = { isTTY, columns: 100, write: (text: string) => texts.push(text) };
  using terminal = terminalProgress(sink, () => now);
  terminal.heading("1/2 x86_64/debian-6.12");
  terminal.show({ kind: "note", text: "reading an index" });
  for (let done = from; done <= 40e6; done += 10e6) {
    terminal.show({ kind: "download", package: "linux-image", done, total: 40e6 });
    now += 1000;
  }
  return texts;
}

test("a bar on a terminal, replaced by one line at the end", () => {
  expect(written(true)).toEqual(
    [
      "reading an index\n",
      "\r\x1b[K1/2 x86_64/debian-6.12  [....................]   0 %  0.0 of 40 MB  linux-image",
      "\r\x1b[K1/2 x86_64/debian-6.12  [#####...............]  25 %  10.0 of 40 MB  10 MB/s  3 s left  linux-image",
      "\r\x1b[K1/2 x86_64/debian-6.12  [##########..........]  50 %  20.0 of 40 MB  10 MB/s  2 s left  linux-image",
      "\r\x1b[K1/2 x86_64/debian-6.12  [###############.....]  75 %  30.0 of 40 MB  10 MB/s  1 s left  linux-image",
      "\r\x1b[K",
      "linux-image  40 MB\n",
    ].map((text) => text.slice(0, 103)),
  );
});

test("plain lines elsewhere", () => {
  expect(written(false)).toEqual(["1/2 x86_64/debian-6.12\n", "reading an index\n", "linux-image  40 MB\n"]);
});

test("what was there before a transfer was continued does not make it faster", () => {
  expect(written(true, 20e6)[2]).toContain("75 %  30.0 of 40 MB  10 MB/s  1 s left");
});

test("a bar is full at the end, and never longer", () => {
  expect([progressBar(5, 5, 1), progressBar(6, 5, 1)]).toEqual([
    "[####################] 100 %  0.0 of 0.0 MB",
    "[####################] 100 %  0.0 of 0.0 MB",
  ]);
});
