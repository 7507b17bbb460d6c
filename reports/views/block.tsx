import type { Block } from "../blocks.ts";
import { cellAddress } from "../target-parts.ts";
import { count } from "./text.tsx";

/** Addresses that stand in the page already: a cell can have several causes, an address is there once. */
export class Anchors {
  readonly #known = new Set<string>();

  /** Those that are new. */
  of({ targets, cases }: Block): string[] {
    const all = targets.flatMap((target) => cases.map(({ syscall }) => cellAddress(target, syscall)));
    const fresh = [...new Set(all)].filter((address) => !this.#known.has(address));
    for (const address of fresh) this.#known.add(address);
    return fresh;
  }
}

interface Props {
  readonly block: Block;
  /** Set if the addresses of its cells are to lead here. */
  readonly anchors?: Anchors;
}

/** Nobody reads so many names unasked. */
const manyCases = 40;

/** Cases, and the targets that they are about; the script's filter narrows both. */
export function BlockView({ block, anchors }: Props) {
  const { targets, cases } = block;
  return (
    <div class="block" data-block>
      {anchors?.of(block).map((address) => (
        <span id={address} key={address} />
      ))}
      {cases.length > manyCases ? (
        <details>
          <summary>{count(cases.length, "case")}</summary>
          <Cases block={block} />
        </details>
      ) : (
        <Cases block={block} />
      )}
      <p class="on">
        on{" "}
        {targets.map((target) => (
          <>
            <a data-on={target} href={`#${encodeURI(target)}`}>
              {target}
            </a>{" "}
          </>
        ))}
      </p>
    </div>
  );
}

function Cases({ block: { targets, cases } }: { block: Block }) {
  return (
    <p>
      {cases.map(({ case: id, syscall }) => (
        <>
          <a data-of={syscall} href={`#${encodeURI(cellAddress(targets[0]!, syscall))}`}>
            {id}
          </a>{" "}
        </>
      ))}
    </p>
  );
}
