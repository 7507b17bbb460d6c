/** The largest matrix that is planned: the page must stay small, and draw no more than what can be seen. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { architectures } from "../harness/run/target.ts";
import { openBrowser, openPage } from "./testing/browser.ts";
import { manyResults } from "./testing/many.ts";
import { type WrittenReport, writeReport } from "./write.ts";

setDefaultTimeout(120_000);

const dir = mkdtempSync(join(tmpdir(), "report-"));
let written: WrittenReport;

beforeAll(async () => {
  const results = join(dir, "results.jsonl");
  const sink = Bun.file(results).writer();
  for (const line of manyResults({ archs: architectures, kernels: 20, syscalls: 450, cases: 3 }))
    sink.write(`${JSON.stringify(line)}\n`);
  await sink.end();
  written = await writeReport([results], join(dir, "index.html"));
});
afterAll(() => rmSync(dir, { recursive: true }));

test("270 000 results make a page below 5 MB", () => {
  expect(written.report.results.cases.size).toBe(5 * 20 * 2 * 450 * 3);
  expect(statSync(written.page).size).toBeLessThan(5_000_000);
});

test("of 90 000 cells those are drawn that can be seen, whatever the filter", async () => {
  await using browser = await openBrowser();
  await using opened = await openPage(browser, pathToFileURL(written.page).href);
  const { page, complaints } = opened;
  const matches = () => page.locator("#matches").textContent();
  const drawn = () => page.locator("#grid tbody td[aria-colindex]").count();
  expect(await matches()).toBe("90000 cells");
  const all = await drawn();
  expect(all).toBeGreaterThan(100);
  expect(all).toBeLessThan(1500);
  await page.fill("#filter", "arch:s390x");
  expect(await matches()).toBe("18000 cells");
  expect(await drawn()).toBeLessThan(1500);
  await page.fill("#filter", "openat arch:x86_64");
  expect(await matches()).toBe("80 cells");
  await page.fill("#filter", "");
  expect(await drawn()).toBe(all);
  expect(complaints).toEqual([]);
});
