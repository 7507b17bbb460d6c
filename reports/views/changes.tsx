/** What changed since the results that these are compared with: one entry for each kind, worst first. */
import { blocksOf } from "../blocks.ts";
import { type Change, type ChangeKind, changeKinds, changeMeaning } from "../changes.ts";
import { BlockView } from "./block.tsx";
import { Measured } from "./outcome.tsx";
import { count } from "./text.tsx";

export function Changes({ changes }: { changes: readonly Change[] }) {
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  if (changes.length === 0) return <p>Nothing changed.</p>;
  return (
    <div class="problems">
      {changeKinds
        .filter((kind) => kinds.has(kind))
        .map((kind) => (
          <ChangesOfKind key={kind} kind={kind} changes={kinds.get(kind)!} />
        ))}
    </div>
  );
}

function ChangesOfKind({ kind, changes }: { kind: ChangeKind; changes: readonly Change[] }) {
  const alike = Map.groupBy(changes, ({ was, now }) => `${was} ${now}`);
  return (
    <details class="problem" open={kind === "regression"}>
      <summary>
        <b>{kind}</b> <small>{changeMeaning[kind]}</small> {count(changes.length, "result")}
      </summary>
      {[...alike.values()].map((group) => (
        <div class="alike" key={`${group[0]!.was} ${group[0]!.now}`}>
          <FromTo change={group[0]!} />
          {blocksOf(group).map((block) => (
            <BlockView key={block.cases[0]!.case} block={block} />
          ))}
        </div>
      ))}
    </details>
  );
}

function FromTo({ change: { was, now } }: { change: Change }) {
  if (!was || !now) return null;
  return (
    <p>
      <Measured outcome={was} /> → <Measured outcome={now} />
    </p>
  );
}
