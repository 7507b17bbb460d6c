/** Adds entries to `catalogue.yaml` as text: what people wrote there stays as they wrote it. */
import type { CatalogueKernel } from "./catalogue.ts";

/** @param added with, for each, the entry that it goes behind */
export function addToCatalogue(
  text: string,
  added: readonly { readonly entry: CatalogueKernel; readonly after: CatalogueKernel }[],
): string {
  return added.reduceRight((before, { entry, after }) => insert(before, formatEntry(entry), after.id), text);
}

function insert(text: string, entry: string, after: string): string {
  const lines = text.split("\n");
  const start = lines.indexOf(`${after}:`);
  if (start < 0) throw new Error(`the catalogue has no line "${after}:"`);
  const length = lines.slice(start + 1).findIndex((line) => !line.startsWith("  "));
  lines.splice(length < 0 ? lines.length : start + 1 + length, 0, "", ...entry.split("\n"));
  return lines.join("\n");
}

function formatEntry({ id, series, flavour, suites, libraries, headers }: CatalogueKernel): string {
  return [
    `${id}:`,
    `  series: "${series}"`,
    `  flavour: ${flavour}`,
    `  suites: [${suites.join(", ")}]`,
    ...(libraries && headers !== false ? [`  libraries: ${libraries}`] : []),
    ...(headers === false ? ["  headers: false"] : []),
  ].join("\n");
}
