/** What the last runs said of a cell, oldest first: a mark for each, with its day. */
import type { EmbeddedTarget } from "../embedded.ts";
import { glyphs, outcomeWord } from "../glyphs.ts";
import { outcomesByLetter } from "../letters.ts";
import { h } from "./dom.ts";

/** @param runs when each run started; @returns null if no more than one run told of the target */
export function historyStrip(
  runs: readonly string[],
  { history }: EmbeddedTarget,
  syscall: number,
): HTMLElement | null {
  const told = history.map(({ run, cells }) => ({
    day: runs[run]!.slice(0, 10),
    outcome: outcomesByLetter[cells[syscall]!],
  }));
  const known = told.flatMap(({ outcome }) => outcome ?? []);
  if (told.length < 2 || known.length === 0) return null;
  const flaky = known.filter((outcome) => outcome === "flaky").length;
  const marks = told.map(({ day, outcome }) => {
    const words = `${day}: ${outcome ? outcomeWord(outcome) : "not run"}`;
    return h(
      "li",
      { class: `outcome ${outcome ?? "none"}`, title: words },
      h("span", { "aria-hidden": "true" }, outcome ? glyphs[outcome] : "·"),
      h("span", { class: "words" }, words),
    );
  });
  const rate = `flaky in ${flaky} of ${known.length} run${known.length === 1 ? "" : "s"}`;
  return h("div", { class: "history" }, h("h3", {}, "Last runs"), h("ol", {}, ...marks), h("p", {}, rate));
}
