import type { AuditEntry } from '@signalbox/contract/audit.ts';
import type { TFunction } from 'i18next';

export type AuditT = TFunction<['audit', 'translation']>;

/** Who acted, in words. */
export function whoActed({ by }: Pick<AuditEntry, 'by'>, t: AuditT): string {
  const person = by.person === null ? null : isolated(by.person.name);
  const name = isolated(by.name ?? '');
  if (by.seenBy !== null) return t('who.seenBy', { seenBy: isolated(by.seenBy.name), person });
  if (by.via === 'rule') return t('who.rule', { name });
  if (by.via === 'command') return person === null ? t('who.command') : t('who.commandAs', { person });
  if (person === null) return t(by.via === 'product' ? 'who.product' : 'who.nobody');
  return by.via === 'key' ? t('who.key', { person, name }) : person;
}

/** What happened, as one sentence: "Anna gave Piotr the role Sales". */
export function entryInWords(entry: AuditEntry, t: AuditT): string {
  const said = Object.fromEntries(Object.keys(entry.params).map((key) => [key, paramText(entry, key, t)]));
  return t(`kinds.${entry.kind}`, { ...said, who: whoActed(entry, t), what: isolated(entry.on?.name ?? '') });
}

/** What the sentence names, for the details under it. */
export function paramText({ params }: AuditEntry, key: string, t: AuditT): string {
  const value = params[key] ?? '';
  if (key === 'type' && value === '') return t('allTypes');
  const codes: Record<string, string> = t('translation:problem.codes', {
    returnObjects: true,
    skipInterpolation: true,
  });
  return (key === 'right' ? codes[value] : undefined) ?? isolated(String(value));
}

// A name that is written from right to left, or wants to be, turns nothing around it.
function isolated(text: string): string {
  return text === '' ? '' : `\u2068${text}\u2069`;
}
