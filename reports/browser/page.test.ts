/** The page in a browser. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { buildScript } from "../script.ts";
import { openBrowser, openPage } from "../testing/browser.ts";
import { report, result, run, target, targetLine } from "../testing/results.ts";
import { renderPage } from "../views/page.tsx";

// A loaded machine takes its time to start a browser.
setDefaultTimeout(120_000);

const bpf = "x86_64/debian-6.12/modern_bpf";
const s390 = "s390x/debian-5.10/kmod";
const evil = `<img src=x onerror="document.title='evil'">`;

const before = [run(1), targetLine(), result("close/a", "flaky")];
const sample = report(before, [
  run(2),
  ...[target, bpf, s390].map((name) => targetLine(name)),
  ...[target, bpf, s390].flatMap((name) => [
    result("close/a", "pass", { target: name, ms: 41 }),
    result("openat/a", "pass", { target: name }),
  ]),
  result("openat/b", "fail", {
    cause: "mismatch",
    reason: evil,
    diff: "flags: expected 1, got 2",
    program: "r0 = openat()",
    raw: ["00ff"],
  }),
  result("read/a", "unsupported", { target: s390, cause: "enosys", reason: "not there" }),
]);

const dir = mkdtempSync(join(tmpdir(), "report-"));
const url = pathToFileURL(join(dir, "index.html")).href;
let browser: Browser;

beforeAll(async () => {
  writeFileSync(join(dir, "index.html"), renderPage(sample, await buildScript()));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  rmSync(dir, { recursive: true });
});

const open = (hash = "", options = {}) => openPage(browser, url + hash, options);
const gridRows = (page: Page) => page.locator("#grid tbody th").allTextContents();
const gridKernels = (page: Page) => page.locator("#grid thead [scope=colgroup]").allTextContents();
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong with the page as it is now. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate("axe.run().then(({ violations }) => violations)");
  const violations = found as { id: string; nodes: { html: string }[] }[];
  return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map(({ html }) => `${id}: ${html}`));
}

test("both views and the full grid are there; nothing is complained about, nothing fetched", async () => {
  await using opened = await open();
  const { page } = opened;
  expect(await page.locator(".matrix tbody tr").count()).toBe(3);
  expect(await page.locator("[data-syscall=openat]").textContent()).toContain("own event");
  expect(await gridRows(page)).toEqual(["close", "openat", "read"]);
  expect(await page.locator("#matches").textContent()).toBe("7 cells");
  expect(await page.title()).toBe("scapyard: what was measured");
  expect(opened.complaints).toEqual([]);
});

test("the filter narrows grid and tables, and stands in the URL", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.fill("#filter", "arch:x86_64 is:fail");
  expect(await gridRows(page)).toEqual(["openat"]);
  expect(await gridKernels(page)).toEqual(["x86_64/debian-6.12"]);
  expect(await page.locator(".matrix tbody tr:visible").count()).toBe(1);
  expect(await page.locator(".matrix thead th:visible").allTextContents()).toEqual([
    "kernel and driver",
    "x86_64",
  ]);
  expect(await page.locator(".problem:visible").count()).toBe(1);
  expect(page.url()).toBe(`${url}#?arch:x86_64%20is:fail`);
  await page.fill("#filter", "cause:enosys");
  expect(await gridRows(page)).toEqual(["read"]);
  expect(await page.locator(".matrix tbody tr:visible").allTextContents()).toEqual([
    expect.stringContaining("debian-5.10 kmod"),
  ]);
  await page.fill("#filter", "cause:nothing");
  expect(await page.locator(".problem:visible, .problems:visible").count()).toBe(0);
  await page.fill("#filter", "colour:red");
  expect(await page.locator("#matches").textContent()).toContain("not understood: colour:red");
});

test("a count leads to its cells; links within the page keep the filter", async () => {
  await using opened = await open("", { viewport: { width: 1280, height: 300 } });
  const { page } = opened;
  const top = (id: string) => page.locator(id).evaluate((element) => element.getBoundingClientRect().top);
  await page.locator(".count", { hasText: "fail" }).click();
  expect(await gridRows(page)).toEqual(["openat"]);
  expect(page.url()).toBe(`${url}#cells?is:fail`);
  expect(await top("#cells")).toBeLessThan(300);
  await page.locator("nav a", { hasText: "Not passing" }).click();
  expect(page.url()).toBe(`${url}#problems?is:fail`);
  expect(await gridRows(page)).toEqual(["openat"]);
});

test("a filter in the URL is applied at once", async () => {
  await using opened = await open("#?s390x%20read");
  expect(await gridRows(opened.page)).toEqual(["read"]);
  expect(await opened.page.inputValue("#filter")).toBe("s390x read");
});

test("a cell's address opens it, with all that is known; text is never markup", async () => {
  await using opened = await open(`#${target}/openat`);
  const dialog = opened.page.locator("#cell");
  await dialog.waitFor();
  await dialog.getByText("program", { exact: true }).click();
  const text = await dialog.textContent();
  const facts = ["partial", evil, "flags: expected 1, got 2", "r0 = openat()", "fedcba98", "6.12.9-1"];
  for (const fact of facts) expect(text).toContain(fact);
  expect(text).toContain(`./scapyard repro ${target}:openat/b`);
  expect(await opened.page.title()).toBe("scapyard: what was measured");
  expect(opened.complaints).toEqual([]);
});

test("a cell of a target whose driver was refused has the verifier's log", async () => {
  const why = { cause: "verifier" as const, reason: "refused" };
  const line = targetLine(bpf, { outcome: "fail", ...why, verifierLog: "R1 !read_ok" });
  const refused = report([run(1), line, result("close/a", "fail", { target: bpf, ...why })]);
  writeFileSync(join(dir, "refused.html"), renderPage(refused, await buildScript()));
  const page = pathToFileURL(join(dir, "refused.html")).href;
  await using opened = await openPage(browser, `${page}#${bpf}/close`);
  const dialog = opened.page.locator("#cell");
  await dialog.getByText("verifier log", { exact: true }).click();
  expect(await dialog.textContent()).toContain("R1 !read_ok");
});

test("a cell tells what the last runs said of it, where there were several", async () => {
  await using opened = await open(`#${target}/close`);
  const { page } = opened;
  const marks = page.locator("#cell .history li");
  await marks.first().waitFor();
  expect(await marks.evaluateAll((found) => found.map((mark) => mark.getAttribute("title")))).toEqual([
    "2026-11-01: flaky",
    "2026-11-02: pass",
  ]);
  expect(await page.locator("#cell .history").textContent()).toContain("flaky in 1 of 2 runs");
  await using other = await open(`#${bpf}/close`);
  await other.page.locator("#cell h2").waitFor();
  expect(await other.page.locator("#cell .history").count()).toBe(0);
});

test("pivot: targets in rows, columns by series; it stands in the URL, and keys and cells go with it", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.selectOption("#pivot", "target");
  expect(await gridRows(page)).toEqual([target, bpf, s390]);
  expect(page.url()).toBe(`${url}#?by:target`);
  await page.locator('#grid tbody [tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate("document.activeElement.getAttribute('href')")).toBe(`#${bpf}/openat`);
  await page.selectOption("#pivot", "kernel");
  expect(await gridKernels(page)).toEqual(["debian-5.10", "debian-6.12"]);
  await using linked = await open("#?by:driver%20is:fail");
  expect(await gridKernels(linked.page)).toEqual(["kmod"]);
  expect(await linked.page.inputValue("#pivot")).toBe("driver");
});

test("a click opens a pass with its duration; closing takes the address out of the URL, and keeps the filter", async () => {
  await using opened = await open("#?close");
  const { page } = opened;
  await page.locator(`#grid a[href="#${bpf}/close"]`).click();
  const dialog = page.locator("#cell");
  expect(await dialog.textContent()).toContain("41 ms");
  expect(page.url()).toBe(`${url}#${bpf}/close?close`);
  await page.keyboard.press("Escape");
  expect(await dialog.isVisible()).toBe(false);
  await page.waitForURL(`${url}#?close`);
});

test("back closes the cell", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.locator(`#grid a[href="#${bpf}/close"]`).click();
  await page.locator("#cell").waitFor();
  await page.goBack();
  await page.locator("#cell").waitFor({ state: "hidden" });
});

test("the command is copied", async () => {
  await using opened = await open(`#${bpf}/close`, { permissions: ["clipboard-read", "clipboard-write"] });
  const { page } = opened;
  await page.getByRole("button", { name: "Copy" }).click();
  await page.getByRole("button", { name: "Copied" }).waitFor();
  expect(await page.evaluate("navigator.clipboard.readText()")).toBe(`./scapyard repro ${bpf}:close/a`);
});

test("keyboard: slash to the filter, arrows through the grid, Enter opens, Escape returns", async () => {
  await using opened = await open();
  const { page } = opened;
  await page.keyboard.press("/");
  expect(await page.evaluate("document.activeElement.id")).toBe("filter");
  await page.locator('#grid tbody [tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  const focused = () => page.evaluate("document.activeElement.getAttribute('href')");
  expect(await focused()).toBe(`#${s390}/openat`);
  await page.keyboard.press("Enter");
  await page.locator("#cell").waitFor();
  await page.keyboard.press("Escape");
  expect(await focused()).toBe(`#${s390}/openat`);
});

test.each([
  ["light", {}],
  ["dark", { colorScheme: "dark" }],
  ["forced colours", { forcedColors: "active" }],
  ["narrow", { viewport: { width: 360, height: 640 } }],
] as const)("axe-core finds nothing: %s", async (_name, options) => {
  await using opened = await open("", options);
  const { page } = opened;
  // Of 450 rows of the same kind one is enough: axe-core looks at each.
  await page.fill("#filter", "is:fail");
  await page.locator(".problem:visible").first().click();
  expect(await findings(page)).toEqual([]);
  await page.locator(`#grid a[href="#${target}/openat"]`).click();
  await page.locator("#cell").waitFor();
  expect(await findings(page)).toEqual([]);
});

test("a narrow page does not scroll sideways", async () => {
  await using opened = await open("", { viewport: { width: 360, height: 640 } });
  expect(await opened.page.evaluate("document.documentElement.scrollWidth")).toBe(360);
});

test("without JavaScript both views and the failures are there, and an address leads to its failure", async () => {
  await using opened = await open(`#${target}/openat`, { javaScriptEnabled: false });
  const { page } = opened;
  expect(await page.locator(".filter").isVisible()).toBe(false);
  expect(await page.locator("#cells").isVisible()).toBe(false);
  expect(await page.locator(".matrix").textContent()).toContain("2 of 3");
  expect(await page.locator("[data-syscall=openat]").textContent()).toContain("2 of 2");
  const failure = page.locator(`.alike:has([id="${target}/openat"])`);
  expect(await failure.textContent()).toContain("flags: expected 1, got 2");
  expect(await failure.isVisible()).toBe(true);
});

test("in print nothing is cut off, and the failures are there without being opened", async () => {
  await using opened = await open("", { viewport: { width: 1050, height: 740 } });
  const { page } = opened;
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".filter").isVisible()).toBe(false);
  const cut = (element: Element) => element.scrollHeight > element.clientHeight + 1;
  for (const frame of await page.locator(".scroll:visible").all())
    expect(await frame.evaluate(cut)).toBe(false);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(1050);
  expect(await page.locator(".problem pre").first().isVisible()).toBe(true);
});
