import { glyphs, outcomeWord } from "../glyphs.ts";
import type { CellOutcome } from "../outcomes.ts";
import { h } from "./dom.ts";

/** An outcome as the page shows it: shape, word, colour. */
export function measured(outcome: CellOutcome, count = ""): HTMLElement {
  const shape = h("span", { "aria-hidden": "true" }, glyphs[outcome]);
  return h(
    "span",
    { class: `outcome ${outcome}` },
    shape,
    ` ${outcomeWord(outcome)}`,
    count && h("small", {}, ` ${count}`),
  );
}
