/** Children that execute the agent's helper, and the event that a successful execve leaves. */
import { AF_UNIX, CLONE_FILES, SOCK_STREAM } from "../../../harness/program/constants.ts";
import type { BlockBuilder, Ref } from "../../../harness/program/index.ts";
import { type ExpectedEvent, event } from "../../../harness/run/expected-event.ts";
import { type Expected, i64, u32 } from "../../../harness/run/values.ts";
import { ownDirectory, readImage } from "./proc.ts";
import { commonParams, environment, execState, imageParams, type Observed, observe } from "./process.ts";

/** `exec-me STATUS SOCKET` says hello on the socket and waits there: see harness/agent/helper. */
export const helper = "/scapyard/exec-me";
/** The helper's end of the socket pair, where its second argument finds it. */
export const meeting = "60";

export interface Executed {
  readonly child: Ref;
  readonly event: ExpectedEvent;
}

/**
 * A child that executes the helper by `run`, with `meeting` as its second argument. Everything is looked up by the parent
 * while the helper waits; the directory of /proc that the child opened in the common descriptor table is still its own.
 */
export function executed(
  p: BlockBuilder,
  run: (child: BlockBuilder) => void,
  expected: Readonly<Record<"exe_flags", number> & Record<"filename", Expected>> & {
    /** Where the link in /proc says something else. */
    readonly trusted_exepath?: Expected;
  },
): Executed {
  const pair = p.socketpair(AF_UNIX, SOCK_STREAM, 0);
  p.dup2(pair.second, Number(meeting));
  const inChild: { before?: Observed; dir?: Ref } = {};
  const child = p.fork(
    (c) => {
      inChild.dir = ownDirectory(c);
      inChild.before = observe(c, inChild.dir);
      run(c);
    },
    { via: "clone", flags: CLONE_FILES },
  );
  p.read(pair.first, p.buffer(1), 1);
  const seen = observe(p, inChild.dir!);
  const image = readImage(p, inChild.dir!);
  p.write(pair.first, p.bytes("."), 1);
  p.wait(child);
  const { exe_flags: flags, ...others } = expected;
  const params = {
    ...imageParams(seen),
    ...commonParams({ tid: child, pid: child, ptid: p.pid }, seen, inChild.before, "unknown"),
    ...execState(seen, image),
    res: i64(0),
    env: environment(image),
    flags: u32(flags),
    ...others,
  };
  return { child, event: event("execve", params, child) };
}

/** A call that fails in the main process, and the parameters that it leaves all the same. */
export function notExecuted(p: BlockBuilder, run: () => Ref): Record<string, Expected> {
  const dir = ownDirectory(p);
  const before = observe(p, dir);
  const res = run();
  const seen = observe(p, dir);
  const who = { tid: p.tid, pid: p.pid, ptid: p.ppid };
  return {
    ...commonParams(who, seen, before),
    ...execState(seen, readImage(p, dir)),
    res: i64(res),
  };
}
