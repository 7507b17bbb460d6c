/** Fields of environments. */
import type { Thread } from "../state/thread.ts";
import { type Getter, type GetterMaker, type Getters, type SinspEvent, wantsAll } from "./getter.ts";

/** The main thread's; `NAME=value` items. */
const itemsOf = (thread: Thread) => (thread.main ?? thread).env;
const wholeText = (thread: Thread) => itemsOf(thread).join(" ");

/** "" if there is no such variable, or it is empty; of several the first one that is not. */
function variable(thread: Thread, name: string): string {
  const item = itemsOf(thread).find(
    (entry) => entry.startsWith(`${name}=`) && entry.length > name.length + 1,
  );
  return (item?.slice(name.length + 1) ?? "").replace(/^ +| +$/g, "");
}

const env: GetterMaker = (argument) =>
  typeof argument === "string"
    ? (evt) => (evt.thread ? variable(evt.thread, argument) : null)
    : (evt) => (evt.thread ? wholeText(evt.thread) : null);

/** How far up a variable is looked for. */
const maxAncestors = 20;

const walk = ({ thread, state }: SinspEvent) => (thread ? [...state.threads.walk(thread)] : []);

/** The first ancestor in which it is not empty. */
const inherited =
  (name: string): Getter =>
  (evt) => {
    if (!evt.thread) return null;
    for (const ancestor of walk(evt).slice(0, maxAncestors)) {
      const value = variable(ancestor, name);
      if (value !== "") return value;
    }
    return "";
  };

const ofAncestor =
  (n: number): Getter =>
  (evt) => {
    const found = n === 0 ? evt.thread : walk(evt)[n - 1];
    return found ? wholeText(found) : null;
  };

const ofAll: Getter = (evt) => {
  const found = walk(evt);
  return found.length > 0 ? found.map(wholeText) : null;
};

const aenv: GetterMaker = (argument, purpose) => {
  if (typeof argument === "string") return inherited(argument);
  return argument === null && wantsAll(purpose) ? ofAll : ofAncestor(argument ?? 0);
};

export const environments: Getters = { "proc.env": env, "proc.aenv": aenv };
