/** Reads what the C tests print (see tap.h): lines of TAP, failures explained by `#` lines before them. */

export interface TapResult {
  readonly name: string;
  readonly ok: boolean;
  /** The comments that came with it. */
  readonly comments: string;
}

/**
 * @param exitCode of the program, null if a signal ended it
 * @returns one result per test, and one more that fails if the program did not reach its plan
 */
export function parseTap(stdout: string, stderr: string, exitCode: number | null): TapResult[] {
  const results: TapResult[] = [];
  let comments: string[] = [];
  let plan = -1;
  for (const line of stdout.split("\n")) {
    const test = /^(not )?ok \d+ - (.*)$/.exec(line);
    const planned = /^1\.\.(\d+)$/.exec(line);
    if (test) {
      results.push({ name: test[2]!, ok: !test[1], comments: comments.join("\n") });
      comments = [];
    } else if (planned) plan = Number(planned[1]);
    else if (line) comments.push(line);
  }
  const failed = results.some(({ ok }) => !ok);
  if (plan === results.length && plan > 0 && exitCode === (failed ? 1 : 0)) return results;
  const why = `ended with status ${exitCode} after ${results.length} tests, plan ${plan < 0 ? "missing" : plan}`;
  return [
    ...results,
    { name: "runs to its end", ok: false, comments: [why, ...comments, stderr].join("\n") },
  ];
}
