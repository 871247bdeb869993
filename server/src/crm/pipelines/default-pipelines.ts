import type { ItemType, Language } from '@signalbox/contract/common.ts';
import type { Tx } from '../../platform/db.ts';
import { insertPipeline, type NewStage, putStages } from './pipelines.store.ts';
import { processStages } from './process-stages.ts';

type Names = Readonly<Record<Language, string>>;

interface DefaultPipeline {
  readonly type: ItemType;
  readonly name: Names;
  readonly stages: readonly { readonly code: string; readonly kind: NewStage['kind']; readonly name: Names }[];
}

/** What a new workspace begins with: one pipeline for each type, in its language. */
export async function makeDefaultPipelines(tx: Tx, language: Language): Promise<void> {
  for (const { type, name, stages } of defaultPipelines) {
    const id = await insertPipeline(tx, { type, name: name[language] });
    if (id === undefined) continue;
    await putStages(
      tx,
      id,
      stages.map((stage) => ({ ...stage, name: stage.name[language] })),
    );
  }
}

/** The stages with which a pipeline of this type may begin: a few to start from, or the least that one needs. */
export function startingStages(type: string, start: 'empty' | 'sample', language: Language): NewStage[] {
  const standard = defaultPipelines.find((one) => one.type === type);
  const stages = standard?.stages.map((stage) => ({ ...stage, name: stage.name[language] })) ?? processStages(language);
  const first = stages.findIndex(({ kind }) => kind === 'open');
  return start === 'sample' ? stages : stages.filter(({ kind }, index) => kind !== 'open' || index === first);
}

const open = (code: string, name: Names) => ({ code, kind: 'open' as const, name });
const won = (name: Names) => ({ code: 'WON', kind: 'won' as const, name });
const lost = (name: Names) => ({ code: 'LOST', kind: 'lost' as const, name });

const defaultPipelines: readonly DefaultPipeline[] = [
  {
    type: 'lead',
    name: { en: 'Leads', pl: 'Leady', es: 'Prospectos', pt: 'Leads', it: 'Lead' },
    stages: [
      open('NEW', { en: 'New', pl: 'Nowy', es: 'Nuevo', pt: 'Novo', it: 'Nuovo' }),
      open('IN_WORK', { en: 'In work', pl: 'W toku', es: 'En curso', pt: 'Em andamento', it: 'In lavorazione' }),
      won({ en: 'Qualified', pl: 'Zakwalifikowany', es: 'Calificado', pt: 'Qualificado', it: 'Qualificato' }),
      lost({ en: 'Rejected', pl: 'Odrzucony', es: 'Descartado', pt: 'Descartado', it: 'Scartato' }),
    ],
  },
  {
    type: 'deal',
    name: { en: 'Sales', pl: 'Sprzedaż', es: 'Ventas', pt: 'Vendas', it: 'Vendite' },
    stages: [
      open('NEW', { en: 'New', pl: 'Nowy deal', es: 'Nueva', pt: 'Novo', it: 'Nuovo' }),
      open('CONTACT', {
        en: 'Contact made',
        pl: 'Nawiązano kontakt',
        es: 'Contacto hecho',
        pt: 'Contato feito',
        it: 'Contatto avviato',
      }),
      open('OFFER', {
        en: 'Offer sent',
        pl: 'Wysłano ofertę',
        es: 'Oferta enviada',
        pt: 'Proposta enviada',
        it: 'Offerta inviata',
      }),
      open('WARM', { en: 'Interested', pl: 'Zainteresowany', es: 'Interesado', pt: 'Interessado', it: 'Interessato' }),
      open('NEGOTIATION', {
        en: 'Negotiation',
        pl: 'Negocjacje',
        es: 'Negociación',
        pt: 'Negociação',
        it: 'Trattativa',
      }),
      open('INVOICE', { en: 'Invoice', pl: 'Faktura', es: 'Factura', pt: 'Fatura', it: 'Fattura' }),
      won({ en: 'Won', pl: 'Wygrany', es: 'Ganada', pt: 'Ganho', it: 'Vinto' }),
      lost({ en: 'Lost', pl: 'Przegrany', es: 'Perdida', pt: 'Perdido', it: 'Perso' }),
    ],
  },
  {
    type: 'quote',
    name: { en: 'Quotes', pl: 'Oferty', es: 'Presupuestos', pt: 'Orçamentos', it: 'Preventivi' },
    stages: [
      open('NEW', { en: 'Draft', pl: 'Szkic', es: 'Borrador', pt: 'Rascunho', it: 'Bozza' }),
      open('SENT', { en: 'Sent', pl: 'Wysłana', es: 'Enviado', pt: 'Enviado', it: 'Inviato' }),
      won({ en: 'Accepted', pl: 'Przyjęta', es: 'Aceptado', pt: 'Aceito', it: 'Accettato' }),
      lost({ en: 'Declined', pl: 'Odrzucona', es: 'Rechazado', pt: 'Recusado', it: 'Rifiutato' }),
    ],
  },
  {
    type: 'invoice',
    name: { en: 'Invoices', pl: 'Faktury', es: 'Facturas', pt: 'Faturas', it: 'Fatture' },
    stages: [
      open('NEW', { en: 'New', pl: 'Nowa', es: 'Nueva', pt: 'Nova', it: 'Nuova' }),
      open('SENT', { en: 'Sent', pl: 'Wysłana', es: 'Enviada', pt: 'Enviada', it: 'Inviata' }),
      open('OVERDUE', { en: 'Overdue', pl: 'Po terminie', es: 'Vencida', pt: 'Vencida', it: 'Scaduta' }),
      won({ en: 'Paid', pl: 'Opłacona', es: 'Pagada', pt: 'Paga', it: 'Pagata' }),
      lost({ en: 'Cancelled', pl: 'Anulowana', es: 'Anulada', pt: 'Cancelada', it: 'Annullata' }),
    ],
  },
];
