const NAME = 'signalbox.catalogue.recent';
const KEPT = 8;

/** The kinds added last on this machine, newest first. */
export function findRecent(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(NAME) ?? '[]');
    return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberRecent(key: string): void {
  localStorage.setItem(NAME, JSON.stringify([key, ...findRecent().filter((other) => other !== key)].slice(0, KEPT)));
}
