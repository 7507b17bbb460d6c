/** The live engines that this build of libscap has. */
import type { Step } from "../../harness/build/step.ts";
import type { Arch } from "../../harness/run/target.ts";

export interface Engine {
  /** Also the prefix of its sources, `src/engine_<name>*.c`, and its name for scap_open_live(). */
  readonly name: string;
  /** What must be made before its sources compile. */
  readonly needs: (arch: Arch) => readonly Step[];
  readonly libraries: readonly string[];
}

export const engines: readonly Engine[] = [{ name: "kmod", needs: () => [], libraries: [] }];
