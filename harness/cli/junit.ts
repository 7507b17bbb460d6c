/** Reads what `bun test --reporter=junit` wrote: case by case, since its totals miscount some kinds of tests. */

export interface TestCase {
  readonly file: string;
  /** With the names of the groups it stands in. */
  readonly name: string;
  readonly outcome: "pass" | "fail" | "skip";
  /** Why it was skipped: the end of its name, `[skipped: reason]`. */
  readonly reason?: string;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (whole, code, name) =>
    code ? String.fromCodePoint(Number(code)) : (entities[name] ?? whole),
  );
}

function attribute(tag: string, name: string): string {
  return unescapeXml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

const element = /<testcase\b([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs;

export function parseJunit(xml: string): TestCase[] {
  return [...xml.matchAll(element)].map(([, tag = "", content = ""]) => {
    const group = attribute(tag, "classname");
    const name = `${group ? `${group} > ` : ""}${attribute(tag, "name")}`;
    const common = { file: attribute(tag, "file"), name };
    if (/<(failure|error)\b/.test(content)) return { ...common, outcome: "fail" };
    if (!/<skipped\b/.test(content)) return { ...common, outcome: "pass" };
    const reason = /\[skipped: (.+)\]$/s.exec(name)?.[1];
    return { ...common, outcome: "skip", ...(reason && { reason }) };
  });
}
