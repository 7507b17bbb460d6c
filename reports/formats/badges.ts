/** Badges for each architecture and driver: an SVG, and an endpoint for shields.io. */
import { addCounts, type Counts, countable, isClean, sumOf } from "../../harness/run/counts.ts";
import type { Grid } from "../cells.ts";
import type { CellOutcome } from "../outcomes.ts";
import { targetParts } from "../target-parts.ts";
import { xmlText } from "./xml.ts";

export interface Badge {
  /** Of its files, without extension: `badge-x86_64-kmod`. */
  readonly name: string;
  readonly label: string;
  readonly message: string;
  readonly outcome: CellOutcome;
}

/** One for each architecture and driver of the results. */
export function badges(grid: Grid): Badge[] {
  const groups = Map.groupBy(grid.targets, (target) => {
    const { arch, driver } = targetParts(target);
    return `${arch} ${driver}`;
  });
  return [...groups].map(([label, targets]) => ({
    name: `badge-${label.replaceAll(/[^\w.-]+/g, "-")}`,
    label,
    ...say(addCounts(targets.map((target) => grid.counts(target))), kernelsMeasured(grid, targets)),
  }));
}

/** Those with a result. */
function kernelsMeasured(grid: Grid, targets: readonly string[]): number {
  const measured = targets.filter((target) => sumOf(grid.counts(target)) > 0);
  return new Set(measured.map((target) => targetParts(target).kernel)).size;
}

function say(counts: Counts, kernels: number): Pick<Badge, "message" | "outcome"> {
  if (kernels === 0) return { message: "not run", outcome: "not-run" };
  const on = `on ${kernels} kernel${kernels === 1 ? "" : "s"}`;
  const total = countable(counts);
  if (total === 0) return { message: `unsupported ${on}`, outcome: "unsupported" };
  if (isClean(counts)) return { message: `all ${total} pass ${on}`, outcome: "pass" };
  const outcome = counts.fail || counts.flaky ? "fail" : "partial";
  return { message: `${counts.pass ?? 0} of ${total} pass ${on}`, outcome };
}

/** Grey where the results say neither good nor bad. */
function colour(outcome: CellOutcome): string {
  if (outcome === "pass") return "#1a6b34";
  if (outcome === "fail") return "#ac1f18";
  return outcome === "partial" ? "#805000" : "#59626d";
}

/** https://shields.io/badges/endpoint-badge */
export function shieldsEndpoint({ label, message, outcome }: Badge): string {
  return `${JSON.stringify({ schemaVersion: 1, label, message, color: colour(outcome) })}\n`;
}

export function badgeSvg({ label, message, outcome }: Badge): string {
  const left = textWidth(label) + 12;
  const right = textWidth(message) + 12;
  const text = (x: number, width: number, words: string) =>
    `<text x="${x + width / 2}" y="14" textLength="${width - 12}" lengthAdjust="spacingAndGlyphs">${xmlText(words)}</text>`;
  const title = xmlText(`${label}: ${message}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="r"><rect width="${left + right}" height="20" rx="4"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#3d444d"/><rect x="${left}" width="${right}" height="20" fill="${colour(outcome)}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
${text(0, left, label)}
${text(left, right, message)}
</g>
</svg>
`;
}

/** About what 11 px Verdana takes; `textLength` makes it exact. */
const textWidth = (text: string) => Math.ceil(text.length * 6.8);
