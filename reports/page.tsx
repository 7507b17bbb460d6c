/** The whole page, self-contained: no script, nothing loaded. */
import { renderToString } from "preact-render-to-string";
import type { Merged } from "../harness/run/merge-results.ts";
import { makeGrid } from "./cells.ts";
import { CellDetails } from "./details.tsx";
import { GridTable } from "./grid.tsx";
import { style } from "./style.ts";
import { TargetTable } from "./targets.tsx";

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function renderPage(merged: Merged): string {
  return `<!doctype html>${renderToString(<Page merged={merged} />)}\n`;
}

function Page({ merged }: { merged: Merged }) {
  const grid = makeGrid(merged);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width" />
        <title>scapyard: what was measured</title>
        {/* The style is a constant of ours; escaping would break its selectors. */}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <Heading merged={merged} />
        <main>
          <h2 id="grid">Syscalls</h2>
          <GridTable grid={grid} />
          <h2>Targets</h2>
          <TargetTable grid={grid} merged={merged} />
          {[...grid.cells].map(([address, cell]) => (
            <CellDetails key={address} cell={cell} />
          ))}
        </main>
      </body>
    </html>
  );
}

function Heading({ merged }: { merged: Merged }) {
  const results = [...merged.cases.values()];
  const passed = results.filter(({ outcome }) => outcome === "pass").length;
  const last = merged.runs.at(-1);
  return (
    <header>
      <h1>scapyard</h1>
      <p>
        {passed} of {results.length} results pass.{" "}
        {last && `Measured ${last.started} by scapyard ${last.scapyard}.`} Every cell tells how many of its
        cases pass, and leads to reasons and reproducers.
      </p>
    </header>
  );
}
