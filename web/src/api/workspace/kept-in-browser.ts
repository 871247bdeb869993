const WHOSE = 'signalbox.whose';
/** What is nobody's work (i18n/languages.ts). */
const LANGUAGE = 'signalbox.language';

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Whoever signs out leaves no drafts behind, nor what they looked at last. */
export function forgetKept(storages: readonly Kept[] = [localStorage, sessionStorage]): void {
  for (const storage of storages)
    for (const name of Object.keys(storage)) if (name !== LANGUAGE) storage.removeItem(name);
}

/** Drafts outlive a session that ends by itself, for the person who wrote them: somebody else who signs in does not find them. */
export function keepFor(person: string, storages: readonly Kept[] = [localStorage, sessionStorage]): void {
  for (const storage of storages) {
    if ((storage.getItem(WHOSE) ?? person) !== person) forgetKept([storage]);
    storage.setItem(WHOSE, person);
  }
}
