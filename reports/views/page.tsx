/** The whole page, self-contained: nothing is loaded. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderToString } from "preact-render-to-string";
import { unusableTargets } from "../problems.ts";
import type { Report } from "../report.ts";
import { KernelMatrix } from "./kernel-matrix.tsx";
import { HowMeasured } from "./measured.tsx";
import { count, Problems } from "./problems.tsx";
import { SyscallTable } from "./syscalls.tsx";
import { TargetTable } from "./targets.tsx";

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const style = () => readFileSync(join(import.meta.dir, "page.css"), "utf8");

export function renderPage(report: Report): string {
  return `<!doctype html>${renderToString(<Page report={report} />)}\n`;
}

function Page({ report }: { report: Report }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>scapyard: what was measured</title>
        {/* The style is a constant of ours; escaping would break its selectors. */}
        <style dangerouslySetInnerHTML={{ __html: style() }} />
      </head>
      <body>
        <Heading report={report} />
        <Main report={report} />
      </body>
    </html>
  );
}

function Heading({ report: { results, grid, problems } }: { report: Report }) {
  const all = [...results.cases.values()];
  const passed = all.filter(({ outcome }) => outcome === "pass").length;
  const last = results.runs.at(-1);
  return (
    <header>
      <h1>scapyard</h1>
      <p>
        <b>
          {passed} of {all.length}
        </b>{" "}
        results pass on {count(grid.targets.length, "target")}; {count(problems.length, "cause")} of anything
        else.{" "}
        {last && (
          <>
            Last run <time dateTime={last.started}>{last.started.slice(0, 16).replace("T", " ")}</time> UTC.
          </>
        )}
      </p>
      <nav aria-label="parts of the page">
        <a href="#kernels">Kernel matrix</a> <a href="#problems">Not passing</a>{" "}
        <a href="#syscalls">Supported syscalls</a> <a href="#targets">Targets</a>{" "}
        <a href="#measured">How this was measured</a>
      </nav>
    </header>
  );
}

function Main({ report }: { report: Report }) {
  const { results, grid, problems, unread } = report;
  return (
    <main>
      <h2 id="kernels">Kernel matrix</h2>
      <KernelMatrix grid={grid} results={results} />
      <h2 id="problems">Not passing</h2>
      <Problems problems={problems} targets={unusableTargets(results.targets)} />
      <h2 id="syscalls">Supported syscalls</h2>
      <SyscallTable grid={grid} />
      <h2 id="targets">Targets</h2>
      <TargetTable grid={grid} results={results} />
      <h2 id="measured">How this was measured</h2>
      <HowMeasured grid={grid} results={results} unread={unread} />
    </main>
  );
}
