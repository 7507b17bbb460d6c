/** What the existing tools say of the fields of some events of lib/scap/testdata/vm-http.scap.gz. */
const file = Bun.file(`${import.meta.dir}/vm-http.fields.jsonl`);

export const goldenFields: readonly Record<string, string>[] = (await file.text())
  .trimEnd()
  .split("\n")
  .map((line) => JSON.parse(line));

/** All fields that were asked for; those that no event in the file has included. */
export const goldenNames: readonly string[] = [
  ...new Set([...goldenFields.flatMap(Object.keys), "fs.path.source", "fs.path.target"]),
];
