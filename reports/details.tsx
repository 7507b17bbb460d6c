/** What is behind a cell: its cases, with reason, difference and the command that repeats each. */
import type { CaseResult } from "../harness/run/results.ts";
import { type Cell, cellAddress } from "./cells.ts";
import { OutcomeWord } from "./outcome.tsx";

export function CellDetails({ cell }: { cell: Cell }) {
  return (
    <section id={cellAddress(cell.target, cell.syscall)} class="details">
      <h3>
        {cell.syscall} on {cell.target} <a href="#grid">close</a>
      </h3>
      {cell.cases.map((result) => (
        <CaseView key={result.case} result={result} />
      ))}
    </section>
  );
}

function CaseView({ result }: { result: CaseResult }) {
  const { outcome, cause, reason, ms, repro } = result;
  return (
    <article>
      <h4>
        <OutcomeWord outcome={outcome} /> {result.case} <small>{ms.toFixed(0)} ms</small>
      </h4>
      {reason && (
        <p>
          {cause && <code>{cause}</code>} {reason}
        </p>
      )}
      <p>
        <code class="repro">{repro}</code>
      </p>
      <Text title="expected against got" text={result.diff} open />
      <Text title="program" text={result.program} />
      <Text title="events, raw" text={result.raw?.join("\n")} />
      <Text title="console" text={result.console} />
    </article>
  );
}

function Text({ title, text, open }: { title: string; text: string | undefined; open?: boolean }) {
  if (!text) return null;
  return (
    <details open={open ?? false}>
      <summary>{title}</summary>
      <pre>{text}</pre>
    </details>
  );
}
