/** What did not pass, one entry for each cause, with every case that it hit. */
import { reproId } from "../../harness/run/repro.ts";
import type { CaseResult, TargetResult } from "../../harness/run/results.ts";
import { type LogPlace, logPath } from "../logs.ts";
import type { Problem } from "../problems.ts";
import { cellAddress } from "../target-parts.ts";
import { Measured } from "./outcome.tsx";
import { Text } from "./text.tsx";

export function Problems({
  problems,
  targets,
  logs,
}: {
  problems: readonly Problem[];
  targets: readonly TargetResult[];
  logs: LogPlace;
}) {
  if (problems.length === 0 && targets.length === 0) return <p>Everything that ran passed.</p>;
  const anchors = new Set<string>();
  return (
    <>
      {targets.map((target) => (
        <UnusableTarget key={target.target} line={target} />
      ))}
      {problems.map((problem) => (
        <ProblemView key={reproId(problem.results[0]!)} problem={problem} anchors={anchors} logs={logs} />
      ))}
    </>
  );
}

function UnusableTarget({ line }: { line: TargetResult }) {
  return (
    <details class="problem">
      <summary>
        <Measured outcome={line.outcome!} /> <b>{line.target}</b> {line.cause && <code>{line.cause}</code>}{" "}
        <span class="reason">{firstLine(line.reason)}</span>
      </summary>
      {line.reason && <pre>{line.reason}</pre>}
      <Text title="verifier log" text={line.verifierLog} />
      <Text title="console" text={line.console} />
    </details>
  );
}

/** @param anchors addresses that stand in the page already: a cell can have several causes, an address is there once */
function ProblemView({ problem, anchors, logs }: { problem: Problem; anchors: Set<string>; logs: LogPlace }) {
  const { outcome, cause, reason, results } = problem;
  const targets = new Set(results.map(({ target }) => target)).size;
  return (
    <details class="problem">
      <summary>
        <Measured outcome={outcome} /> {cause && <code>{cause}</code>}{" "}
        <span class="reason">{firstLine(reason)}</span>{" "}
        <small>
          {count(results.length, "case")} on {count(targets, "target")}
        </small>
      </summary>
      {results.map((result, index) => (
        <ProblemCase
          key={reproId(result)}
          result={result}
          before={results[index - 1]}
          anchors={anchors}
          logs={logs}
        />
      ))}
    </details>
  );
}

interface CaseProps {
  readonly result: CaseResult;
  /** What stands above it: the same text is not told twice. */
  readonly before: CaseResult | undefined;
  readonly anchors: Set<string>;
  readonly logs: LogPlace;
}

function ProblemCase({ result, before, anchors, logs }: CaseProps) {
  const { target, syscall, reason, diff, repro } = result;
  const address = cellAddress(target, syscall);
  const isFirst = !anchors.has(address);
  anchors.add(address);
  return (
    <article {...(isFirst ? { id: address } : {})} data-cell={address}>
      <h3>
        <a href={`#${encodeURI(address)}`}>{target}</a> {result.case}
      </h3>
      {reason !== before?.reason && <p class="reason">{reason}</p>}
      {diff &&
        (withoutTids(diff) === withoutTids(before?.diff) ? (
          <p>The same difference as above.</p>
        ) : (
          <pre>{diff}</pre>
        ))}
      <pre class="repro">{repro}</pre>
      {logs === "beside" && <a href={encodeURI(logPath(result))}>the whole log</a>}
    </article>
  );
}

/** Thread ids are never the same; they are no difference. */
const withoutTids = (diff: string | undefined) => diff?.replaceAll(/\[tid \d+\]/g, "");

const firstLine = (text: string | undefined) => text?.split("\n", 1)[0];

export const count = (n: number, word: string) => `${n} ${word}${n === 1 ? "" : "s"}`;
