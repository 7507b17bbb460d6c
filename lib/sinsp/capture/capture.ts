/** Where events come from, as far as an inspector has to know. */
import type { Interface, ScapBatch } from "../../scap/index.ts";
import type { State } from "../state/state.ts";

export interface Capture extends Disposable {
  /** Events come as they happen. */
  readonly isLive: boolean;
  /** The next events; "wait": none at the moment; null: the end. @throws {ScapError} */
  next(): ScapBatch | "wait" | null;
  /** Record no more: what has been recorded still comes. */
  stop(): void;
  /** PPM_SC codes to record; undefined: all. */
  setInterest(codes?: Iterable<number>): void;
  /** What driver and kernel counted, by the names of `struct scap_metric`; null: a file does not tell. */
  counters(): ReadonlyMap<string, bigint> | null;
  /** Changes where a capture ends and another one begins in the same file, with lists of its own. */
  readonly section: number;
  /** The state of the machine when the section began. */
  state(): State;
  /** Its network interfaces. */
  interfaces(): Interface[];
}
