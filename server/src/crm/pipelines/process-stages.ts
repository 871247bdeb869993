import type { Language } from '@signalbox/contract/common.ts';
import type { NewStage } from './pipelines.store.ts';

type Names = Readonly<Record<Language, string>>;

/** The stages with which a smart process begins; people put their own in their place. */
export function processStages(language: Language): NewStage[] {
  return stages.map(({ code, kind, name }) => ({ code, kind, name: name[language] }));
}

const stages: readonly { readonly code: string; readonly kind: NewStage['kind']; readonly name: Names }[] = [
  { code: 'NEW', kind: 'open', name: { en: 'New', pl: 'Nowe', es: 'Nuevo', pt: 'Novo', it: 'Nuovo' } },
  {
    code: 'IN_WORK',
    kind: 'open',
    name: { en: 'In work', pl: 'W toku', es: 'En curso', pt: 'Em andamento', it: 'In lavorazione' },
  },
  {
    code: 'REVIEW',
    kind: 'open',
    name: { en: 'To be checked', pl: 'Do sprawdzenia', es: 'Por revisar', pt: 'Em revisão', it: 'Da verificare' },
  },
  { code: 'WON', kind: 'won', name: { en: 'Done', pl: 'Gotowe', es: 'Hecho', pt: 'Concluído', it: 'Completato' } },
  {
    code: 'LOST',
    kind: 'lost',
    name: { en: 'Cancelled', pl: 'Anulowane', es: 'Cancelado', pt: 'Cancelado', it: 'Annullato' },
  },
];
