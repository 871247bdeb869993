/**
 * Findings of a check against its list of exceptions: what is found without an excuse, and every excuse that nothing
 * needs any more, so that a list can only become shorter.
 */
export function unexcused(found: readonly string[], excused: readonly string[], fault: string): string[] {
  const finds = new Set(found);
  const excuses = new Set(excused);
  return [
    ...[...finds].filter((find) => !excuses.has(find)).map((find) => `${find}: ${fault}`),
    ...[...excuses].filter((excuse) => !finds.has(excuse)).map((excuse) => `${excuse}: needs no exception any more`),
  ];
}
