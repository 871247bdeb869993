const TOKEN = /\\.|\[\^?\]?(?:\\.|[^\]])*\]|\{(\d+)(?:,(\d*))?\}|./gsu;

/** About how many parts a pattern has once its counts are written out: told before it is read, which takes as long as they are many. */
export function unfoldedSize(pattern: string): number {
  const groups = [{ size: 0, last: 0 }];
  for (const [token, least, most] of pattern.matchAll(TOKEN)) {
    const group = groups.at(-1);
    if (group === undefined) break;
    if (token === '(') groups.push({ size: 0, last: 0 });
    else if (token === ')' && groups.length > 1) {
      groups.pop();
      add(groups.at(-1), group.size + 1);
    } else if (least === undefined) add(group, 1);
    else group.size += group.last * Math.max(0, Math.max(Number(least), Number(most ?? 0)) - 1);
  }
  return groups.reduce((sum, { size }) => sum + size, 0);
}

function add(group: { size: number; last: number } | undefined, size: number): void {
  if (group === undefined) return;
  group.last = size;
  group.size += size;
}
