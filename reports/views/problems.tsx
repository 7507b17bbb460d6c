/** What did not pass, one entry for each cause, with every case that it hit. */
import { harmless } from "../../harness/run/counts.ts";
import { reproCommand } from "../../harness/run/repro.ts";
import type { CaseResult } from "../../harness/run/results.ts";
import { blocksOf } from "../blocks.ts";
import { hasLog, type LogPlace, logPath } from "../logs.ts";
import type { Problem } from "../problems.ts";
import { Anchors, BlockView } from "./block.tsx";
import { Measured } from "./outcome.tsx";
import { count, firstLine, Text } from "./text.tsx";

interface Props {
  readonly problems: readonly Problem[];
  readonly logs: LogPlace;
}

export function Problems({ problems, logs }: Props) {
  const bad = problems.filter(({ outcome }) => !harmless.has(outcome));
  const left = problems.filter(({ outcome }) => harmless.has(outcome));
  return (
    <>
      {bad.length === 0 ? <p>Everything that ran passed.</p> : <ProblemList problems={bad} logs={logs} />}
      {left.length > 0 && (
        <section class="filterable">
          <h3>Unsupported or left out</h3>
          <ProblemList problems={left} logs={logs} />
        </section>
      )}
    </>
  );
}

function ProblemList({ problems, logs }: Props) {
  const anchors = new Anchors();
  return (
    <div class="problems">
      {problems.map((problem) => (
        <ProblemView
          key={`${problem.outcome} ${problem.cause} ${problem.reason}`}
          problem={problem}
          anchors={anchors}
          logs={logs}
        />
      ))}
    </div>
  );
}

interface ProblemProps {
  readonly problem: Problem;
  readonly anchors: Anchors;
  readonly logs: LogPlace;
}

function ProblemView({ problem, anchors, logs }: ProblemProps) {
  const { outcome, cause, reason, results, targets } = problem;
  const names = new Set([...results, ...targets].map(({ target }) => target));
  return (
    <details class="problem">
      <summary>
        <Measured outcome={outcome} /> {cause && <code>{cause}</code>}{" "}
        <span class="reason">{firstLine(reason)}</span>{" "}
        <small>
          {results.length > 0 && `${count(results.length, "case result")} on `}
          {count(names.size, "target")}
        </small>
      </summary>
      {targets.map(({ target, verifierLog, console }) => (
        <div key={target} data-target={target}>
          <b>{target}</b>
          <Text title="verifier log" text={verifierLog} />
          <Text title="console" text={console} />
        </div>
      ))}
      {alike(results).map((same) => (
        <Alike
          key={`${same[0]!.target} ${same[0]!.case}`}
          results={same}
          title={reason}
          anchors={anchors}
          logs={logs}
        />
      ))}
    </details>
  );
}

/** Those that tell the same are told once. Thread ids are never the same; they are no difference. */
function alike(results: readonly CaseResult[]): (readonly CaseResult[])[] {
  const told = ({ outcome, reason, diff = "" }: CaseResult) =>
    harmless.has(outcome) ? "" : `${reason}\n${diff.replaceAll(/\[tid \d+\]/g, "")}`;
  return [...Map.groupBy(results, told).values()];
}

interface AlikeProps {
  readonly results: readonly CaseResult[];
  /** What was said of them already. */
  readonly title: string;
  readonly anchors: Anchors;
  readonly logs: LogPlace;
}

function Alike({ results, title, anchors, logs }: AlikeProps) {
  const first = results[0]!;
  const isBad = !harmless.has(first.outcome);
  return (
    <div class="alike">
      {isBad && (first.reason !== title || title.includes("\n")) && <p class="reason">{first.reason}</p>}
      {first.diff && <pre>{first.diff}</pre>}
      {blocksOf(results).map((block) => (
        <BlockView key={block.cases[0]!.case} block={block} {...(isBad ? { anchors } : {})} />
      ))}
      {isBad && <pre class="repro">{reproCommand(first)}</pre>}
      {logs === "beside" && <LogLinks results={results.filter(hasLog)} />}
    </div>
  );
}

function LogLinks({ results }: { results: readonly CaseResult[] }) {
  if (results.length === 0) return null;
  return (
    <p>
      whole logs:{" "}
      {results.map((result) => (
        <>
          <a href={encodeURI(logPath(result))}>
            {result.target}:{result.case}
          </a>{" "}
        </>
      ))}
    </p>
  );
}
