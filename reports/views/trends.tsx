/** How each target did over the runs that were given: passes, flakes, times and counts. */
import { countable } from "../../harness/run/counts.ts";
import { glyphs, outcomeWord } from "../glyphs.ts";
import { flakeRate, type PastRun, shownRuns } from "../history.ts";
import { outcomesByLetter } from "../letters.ts";
import { plain } from "../natural.ts";
import { rollUpCells } from "../outcomes.ts";
import type { Report } from "../report.ts";
import { Scroll } from "./scroll.tsx";

export function Trends({ report: { grid, history } }: { report: Report }) {
  const several = grid.targets.flatMap((target) => {
    const runs = (history.byTarget.get(target) ?? []).slice(-shownRuns);
    return runs.length > 1 ? [{ target, runs }] : [];
  });
  if (several.length === 0) return <p>Trends need results of more than one run.</p>;
  const all = several.flatMap(({ runs }) => runs);
  const timings = namesOf(all, "timings");
  const stats = namesOf(all, "stats");
  return (
    <Scroll by="trends" long>
      <table>
        <thead>
          <tr>
            <th scope="col">target</th>
            <th scope="col">runs</th>
            <th scope="col">outcomes</th>
            <th scope="col">pass, of what can</th>
            <th scope="col">flaky</th>
            {timings.map((name) => (
              <th scope="col" key={name}>
                {words(name)}, ms
              </th>
            ))}
            {stats.map((name) => (
              <th scope="col" key={name}>
                {words(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {several.map(({ target, runs }) => (
            <tr key={target} data-target={target}>
              <th scope="row">{target}</th>
              <td>{runs.length}</td>
              <td>
                <Strip runs={runs} />
              </td>
              <td>
                <Line values={runs.map(({ counts }) => counts.pass ?? 0)} /> {runs.at(-1)!.counts.pass ?? 0}{" "}
                of {countable(runs.at(-1)!.counts)}
              </td>
              <td>{(100 * flakeRate(runs)).toFixed(1)} %</td>
              {timings.map((name) => (
                <Values key={name} values={runs.map((run) => run.timings[name])} />
              ))}
              {stats.map((name) => (
                <Values key={name} values={runs.map((run) => run.stats[name])} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function namesOf(runs: readonly PastRun[], key: "timings" | "stats"): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(run[key])))].sort(plain);
}

/** `driverLoad` as people say it. */
const words = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What each run made of the target. */
function Strip({ runs }: { runs: readonly PastRun[] }) {
  const told = runs.map(({ started, cells }) => {
    const outcome = rollUpCells([...cells].flatMap((letter) => outcomesByLetter[letter] ?? []));
    return { day: started.slice(0, 10), outcome };
  });
  return (
    <span
      role="img"
      aria-label={told.map(({ day, outcome }) => `${day}: ${outcomeWord(outcome)}`).join(", ")}
    >
      {told.map(({ day, outcome }, index) => (
        <span key={`${day} ${index}`} class={outcome} title={`${day}: ${outcomeWord(outcome)}`}>
          {glyphs[outcome]}
        </span>
      ))}
    </span>
  );
}

/** A run that did not measure it leaves it out of the line. */
function Values({ values }: { values: readonly (number | undefined)[] }) {
  const known = values.filter((value) => value !== undefined);
  return (
    <td>
      {known.length > 0 && (
        <>
          <Line values={known} /> {Math.round(known.at(-1)!).toLocaleString("en")}
        </>
      )}
    </td>
  );
}

const width = 80;
const height = 18;

/** Values over runs, from the least to the greatest; a level line if they are all the same. */
function Line({ values }: { values: readonly number[] }) {
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const x = (index: number) => 1 + (index * (width - 2)) / Math.max(1, values.length - 1);
  const y = (value: number) =>
    span === 0 ? height / 2 : height - 1 - ((value - least) / span) * (height - 2);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const words = values.map((value) => Math.round(value)).join(", ");
  return (
    <svg class="line" width={width} height={height} role="img" aria-label={words}>
      <title>{words}</title>
      <polyline points={points} />
    </svg>
  );
}
