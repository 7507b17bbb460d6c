/** The whole page, self-contained: nothing is loaded. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "preact-render-to-string";
import { addCounts } from "../../harness/run/counts.ts";
import { pivotMeaning, pivots } from "../browser/layout.ts";
import { embedGrid, embedLogs, pack } from "../embed.ts";
import { inOrder } from "../glyphs.ts";
import type { Report } from "../report.ts";
import { scriptHash } from "../script.ts";
import { Changes } from "./changes.tsx";
import { KernelMatrix } from "./kernel-matrix.tsx";
import { HowMeasured } from "./measured.tsx";
import { Measured } from "./outcome.tsx";
import { Problems } from "./problems.tsx";
import { SyscallTable } from "./syscalls.tsx";
import { TargetTable } from "./targets.tsx";
import { count, Time } from "./text.tsx";
import { TierTable } from "./tiers.tsx";
import { Trends } from "./trends.tsx";

/** Styles are inline because the grid sets heights of rows; scripts run by their hash only. */
const policy = (script: string) =>
  `default-src 'none'; style-src 'unsafe-inline'; script-src ${scriptHash(script)}; base-uri 'none'; form-action 'none'`;

const style = () =>
  ["page.css", "script.css"].map((name) => readFileSync(join(import.meta.dir, name), "utf8")).join("");

/** @param script its text; see `buildScript` */
export function renderPage(report: Report, script: string): string {
  return `<!doctype html>${renderToString(<Page report={report} script={script} />)}\n`;
}

function Page({ report, script }: { report: Report; script: string }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy(script)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>scapyard: what was measured</title>
        {/* The style is a constant of ours; escaping would break its selectors. */}
        <style dangerouslySetInnerHTML={{ __html: style() }} />
      </head>
      <body>
        <Heading report={report} />
        <FilterBox />
        <Main report={report} />
        <Scripts report={report} script={script} />
      </body>
    </html>
  );
}

/** What the script reads, and the script. Base 64 and our own code: nothing in them can end the element. */
function Scripts({ report, script }: { report: Report; script: string }) {
  const data = { __html: pack(embedGrid(report)) };
  const logs = { __html: pack(embedLogs(report)) };
  return (
    <>
      <dialog id="cell" aria-labelledby="cell-title" />
      <script type="application/gzip" id="data" dangerouslySetInnerHTML={data} />
      <script type="application/gzip" id="logs" dangerouslySetInnerHTML={logs} />
      <script type="module" dangerouslySetInnerHTML={{ __html: script }} />
    </>
  );
}

/** Everything marked `data-script` shows when the script runs. */
function FilterBox() {
  return (
    <search class="filter" data-script hidden>
      <label for="filter">Filter</label>
      <input
        id="filter"
        type="search"
        spellcheck={false}
        autocomplete="off"
        placeholder="arch:s390x driver:kmod is:fail openat"
        aria-describedby="matches"
      />
      <label for="pivot">Layout</label>
      <select id="pivot">
        {pivots.map((pivot) => (
          <option value={pivot} key={pivot}>
            {pivotMeaning[pivot]}
          </option>
        ))}
      </select>
      <output id="matches" for="filter" />
    </search>
  );
}

function Heading({ report }: { report: Report }) {
  const { results, grid, unread, changes } = report;
  const all = addCounts(grid.targets.map((target) => grid.counts(target)));
  const last = results.runs.at(-1);
  return (
    <header>
      <h1>scapyard</h1>
      <p>
        {inOrder(all).map(([outcome, number]) => (
          <>
            <a class="count" href={`#cells?is:${outcome}`} key={outcome}>
              <Measured outcome={outcome} count={number.toLocaleString("en")} />
            </a>{" "}
          </>
        ))}
      </p>
      <p>
        {count(grid.targets.length, "target")}.{" "}
        {last && (
          <>
            Last run <Time time={last.started} />.
          </>
        )}{" "}
        {unread.length > 0 && (
          <a href="#unread">{count(unread.length, "line")} of the results could not be read</a>
        )}
      </p>
      <nav aria-label="parts of the page">
        {changes && <a href="#changes">Changes</a>} <a href="#kernels">Kernel matrix</a>{" "}
        <a href="#problems">Not passing</a> <a href="#syscalls">Supported syscalls</a>{" "}
        <a href="#cells" data-script hidden>
          Every cell
        </a>{" "}
        <a href="#support">Support</a> <a href="#targets">Targets</a> <a href="#trends">Trends</a>{" "}
        <a href="#measured">How this was measured</a>
      </nav>
    </header>
  );
}

function Main({ report }: { report: Report }) {
  const { grid, problems, changes, logs } = report;
  return (
    <main>
      {changes && <h2 id="changes">Changes</h2>}
      {changes && <Changes changes={changes} />}
      <h2 id="kernels">Kernel matrix</h2>
      <p>
        Does the driver load, and how many cases pass of those that the kernel can do? <i>since</i>: the first
        run, of those that this page was made from, after the last one in which something did not.
      </p>
      <KernelMatrix report={report} />
      <h2 id="problems">Not passing</h2>
      <Problems problems={problems} logs={logs} />
      <h2 id="syscalls">Supported syscalls</h2>
      <SyscallTable grid={grid} />
      <div data-script hidden>
        <h2 id="cells">Every cell</h2>
        <p>
          Arrow keys move, Enter opens, <kbd>/</kbd> goes to the filter.
        </p>
        <div class="scroll" id="grid" />
      </div>
      <h2 id="support">Support</h2>
      <TierTable grid={grid} />
      <h2 id="targets">Targets</h2>
      <TargetTable report={report} />
      <h2 id="trends">Trends</h2>
      <Trends report={report} />
      <h2 id="measured">How this was measured</h2>
      <HowMeasured report={report} />
    </main>
  );
}
