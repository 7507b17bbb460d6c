/** Which driver works on which architecture, in a sentence each. */
import type { Grid } from "../cells.ts";
import { countWord, inOrder } from "../glyphs.ts";
import { type Support, supportTiers, tierMeaning } from "../tiers.ts";
import { Scroll } from "./scroll.tsx";

export function TierTable({ grid }: { grid: Grid }) {
  return (
    <>
      <Scroll by="support">
        <table>
          <thead>
            <tr>
              <th scope="col">architecture</th>
              <th scope="col">driver</th>
              <th scope="col">support</th>
              <th scope="col">kernels measured</th>
              <th scope="col">results</th>
            </tr>
          </thead>
          <tbody>
            {supportTiers(grid).map((support) => (
              <TierRow key={`${support.arch} ${support.driver}`} support={support} />
            ))}
          </tbody>
        </table>
      </Scroll>
      <dl class="words">
        {Object.entries(tierMeaning).map(([tier, meaning]) => (
          <div key={tier}>
            <dt>{tier}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function TierRow({ support: { arch, driver, tier, kernels, counts } }: { support: Support }) {
  return (
    <tr>
      <th scope="row">{arch}</th>
      <td>{driver}</td>
      <td>{tier}</td>
      <td>{kernelRange(kernels)}</td>
      <td>{inOrder(counts).map(countWord).join(", ")}</td>
    </tr>
  );
}

/** Nothing is claimed below the oldest or above the newest. */
function kernelRange(kernels: readonly string[]): string {
  if (kernels.length < 2) return kernels.join("");
  return `${kernels.length}, ${kernels[0]} to ${kernels.at(-1)}`;
}
