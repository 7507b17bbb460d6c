/** One word of a list of parameters in conversion/*.yaml. */
import { unknownName, type YamlCode } from "../../../harness/yaml/index.ts";
import type { ConversionSource, Event } from "./model.ts";

/** What a word may refer to: the event, as many of its parameters as the file has, and its enter event. */
export interface ItemContext {
  readonly from: Event;
  readonly nparams: number;
  readonly enter: Event | undefined;
}

type Report = (code: YamlCode, message: string) => void;

/** The sources that a word stands for; none, and a report, if it leads nowhere. */
export function readItem(text: string, context: ItemContext, report: Report): ConversionSource[] {
  const { from, nparams, enter } = context;
  const old = from.params.slice(0, nparams).map(({ name }) => name);
  if (text === "old") return old.map((_, index) => ({ kind: "old", index }));
  if (text === "default" || text === "container-json") return [{ kind: text }];
  const empty = /^empty(?:\*(\d+))?$/.exec(text);
  if (empty) return Array.from({ length: Number(empty[1] ?? 1) }, () => ({ kind: "empty" }));
  const [, where, first, last, optional] = /^(old|enter)\.(\w+?)(?:\.\.(\w+))?(\?)?$/.exec(text)!;
  const names = where === "old" ? old : (enter?.params ?? []).map(({ name }) => name);
  const [start, end] = [first!, last ?? first!].map((name) => {
    if (!names.includes(name)) report("unknown-name", unknownName(name, names));
    return names.indexOf(name);
  }) as [number, number];
  if (start < 0 || end < 0) return [];
  if (end < start) report("value", `${last} stands before ${first}`);
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, i) =>
    where === "old"
      ? { kind: "old", index: start + i }
      : { kind: "enter", index: start + i, optional: optional === "?" },
  );
}
