import { expect, test } from "bun:test";
import { glyphs } from "./glyphs.ts";
import { mergeSources } from "./merge.ts";
import { makeReport, type Report } from "./report.ts";
import { textSource } from "./source.ts";
import { cellAddress } from "./target-parts.ts";
import { jsonl, report, result, run, target, targetLine } from "./testing/results.ts";
import { renderPage as render } from "./views/page.tsx";

const renderPage = (all: Report) => render(all, "");

const failed = result("openat/b", "fail", { reason: "flags differ", diff: "flags: expected 1, got 2" });

test("the kernel matrix tells how many cases pass, and whether the driver loads", () => {
  const page = renderPage(report([run(1), targetLine(), result("openat/a", "pass"), failed]));
  expect(page).toContain(`${glyphs.partial}</span> partial<small> 1 of 2</small>`);
  expect(page).toContain(`href="#${target}"`);
  expect(page).toContain("<small>loads · 1 fail</small>");
});

test("a target that could not run tells why, in the matrix and among the problems", () => {
  const line = targetLine(target, { outcome: "unsupported", cause: "no-btf", reason: "no /sys/kernel/btf" });
  const { driverSha256: _, ...unusable } = line;
  const page = renderPage(report([run(1), unusable]));
  expect(page).toContain("<small>no-btf</small>");
  expect(page).toContain("no /sys/kernel/btf");
});

test("a syscall's schema fact is plain text beside the measurement, which is coloured", () => {
  const page = renderPage(report([run(1), targetLine(), result("openat/a", "pass")]));
  const row = /<tr data-syscall="openat">.*?<\/tr>/s.exec(page)![0];
  expect(row).toContain('<td class="fact a0">own event</td>');
  expect(row).toContain("pass<small> 1 of 1</small>");
  expect(row.match(/not run/g)).toHaveLength(4);
  expect(/<tr data-syscall="open">.*?<\/tr>/s.exec(page)![0]).toContain(
    '<td class="fact a1">not on arch</td>',
  );
});

test("a failure has reason, difference, command, and the address of its cell", () => {
  const page = renderPage(report([run(1), result("openat/a", "pass"), failed]));
  expect(page).toContain(`id="${cellAddress(target, "openat")}"`);
  for (const text of ["flags differ", "flags: expected 1, got 2", `./scapyard repro ${target}:openat/b`])
    expect(page).toContain(text);
});

test("an address stands in the page once, even if the cell has several causes", () => {
  const other = result("openat/c", "fail", { reason: "an event is missing" });
  const page = renderPage(report([run(1), failed, other]));
  expect(page.split(`id="${cellAddress(target, "openat")}"`)).toHaveLength(2);
});

test("a target tells which package was used instead of the locked one", () => {
  const line = targetLine();
  const kernel = { ...line.kernel!, actual: "6.12.10-1" };
  const page = renderPage(report([{ ...line, kernel }, result("openat/a", "pass")]));
  expect(page).toContain("linux-image-6.12.9-x86_64 6.12.10-1 (the lock says 6.12.9-1)");
});

test("lines that could not be read are told by file and number, and the rest is shown", () => {
  const lines = ['{"kind":"run","schema":9}', ...jsonl([result("openat/a", "pass")]), '{"ki'];
  const page = renderPage(makeReport(mergeSources([textSource("shard.jsonl", lines.join("\n"))])));
  expect(page).toContain("<code>shard.jsonl:1</code> schema 9 is not the schema 1");
  expect(page).toContain("<code>shard.jsonl:3</code> not JSON");
  expect(page).toContain("pass<small> 1 of 1</small>");
});

test("nothing in the results becomes markup", () => {
  const evil = `<script>alert(1)</script>" onload='x' &`;
  const everywhere = { reason: evil, diff: evil, program: evil, raw: [evil], console: evil, repro: evil };
  const page = renderPage(
    report([
      run(1, { id: evil, scapyard: evil, command: [evil] }),
      result(`open/${evil}`, "fail", { ...everywhere, target: `x/${evil}/kmod`, syscall: evil }),
      targetLine(target, { outcome: "fail", reason: evil, attach: evil, qemu: evil, console: evil }),
    ]),
  );
  expect(page).not.toContain("<script>alert");
  expect(page).not.toContain('" onload=');
  expect(page).toContain("&lt;script>alert(1)&lt;/script>");
});

test("the page loads nothing", () => {
  const page = renderPage(report([run(1), result("openat/a", "pass")]));
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(link|img|iframe|object|base)|\bsrc=|@import|url\(/);
  expect(page).not.toMatch(/ on[a-z]+="/);
});

test("trends show runs, flakes, and the last of each number; one run has none", () => {
  const first = [run(1), targetLine(target, { timings: { restore: 400 } }), result("openat/a", "flaky")];
  const second = [run(2), targetLine(target, { timings: { restore: 461.6 } }), result("openat/a", "pass")];
  const page = renderPage(report(first, second));
  const trends = page.slice(page.indexOf('id="trends"'), page.indexOf('id="measured"'));
  for (const text of ["restore, ms", "50.0 %", 'aria-label="400, 462"', "1 of 1"])
    expect(trends).toContain(text);
  expect(renderPage(report(first))).toContain("Trends need results of more than one run.");
});
