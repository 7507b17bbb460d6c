/** What changed since the results that these are compared with: one entry for each kind, one line for each case. */
import { type Change, type ChangeKind, changeKinds, changeMeaning } from "../changes.ts";
import { cellAddress } from "../target-parts.ts";
import { Measured } from "./outcome.tsx";
import { count } from "./problems.tsx";

export function Changes({ changes }: { changes: readonly Change[] }) {
  const kinds = Map.groupBy(changes, ({ kind }) => kind);
  if (changes.length === 0) return <p>Nothing changed.</p>;
  return (
    <>
      {changeKinds
        .filter((kind) => kinds.has(kind))
        .map((kind) => (
          <ChangesOfKind key={kind} kind={kind} changes={kinds.get(kind)!} />
        ))}
    </>
  );
}

function ChangesOfKind({ kind, changes }: { kind: ChangeKind; changes: readonly Change[] }) {
  const cases = Map.groupBy(changes, ({ case: id, was, now }) => `${id} ${was} ${now}`);
  return (
    <details class="problem" open={kind === "regression"}>
      <summary>
        <b>{kind}</b> <small>{changeMeaning[kind]}</small> {count(changes.length, "result")}
      </summary>
      <ul>
        {[...cases.values()].map((group) => (
          <CaseChange key={`${group[0]!.case} ${group[0]!.was}`} group={group} />
        ))}
      </ul>
    </details>
  );
}

function CaseChange({ group }: { group: readonly Change[] }) {
  const { case: id, was, now } = group[0]!;
  return (
    <li>
      {id}: {was && <Measured outcome={was} />} → {now && <Measured outcome={now} />} on{" "}
      {group.map(({ target }, index) => (
        <>
          {index > 0 && ", "}
          <a href={`#${encodeURI(cellAddress(target, id.split("/")[0]!))}`}>{target}</a>
        </>
      ))}
    </li>
  );
}
