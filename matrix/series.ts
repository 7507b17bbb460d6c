/** Kernel series, `6.12`, and conditions on them. */

const form = /^(>=|>|<=|<)?(\d+)\.(\d+)$/;

export function isSeriesCondition(text: string): boolean {
  return form.test(text);
}

/** Below 0 if `a` is older. */
export function compareSeries(a: string, b: string): number {
  const [, , majorA, minorA] = form.exec(a) ?? [];
  const [, , majorB, minorB] = form.exec(b) ?? [];
  return Number(majorA) - Number(majorB) || Number(minorA) - Number(minorB);
}

/** @param condition `6.12`, `>=6.1`, `<7.0` */
export function seriesMeets(series: string, condition: string): boolean {
  const [, operator = "=", major, minor] = form.exec(condition) ?? [];
  const order = compareSeries(series, `${major}.${minor}`);
  if (operator === "=") return order === 0;
  if (operator === ">=") return order >= 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order < 0;
}
