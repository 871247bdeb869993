import type { FieldKind, FieldSpec } from '@signalbox/automation/kit/values/values.ts';

type Names = readonly [en: string, pl: string, es: string, pt: string, it: string];

/** The fields that every item has; `source` and those below it are kept in `items.fields`. */
export const standardFields: readonly FieldSpec[] = [
  standard('title', 'text', ['Name', 'Nazwa', 'Nombre', 'Nome', 'Nome']),
  standard('amount', 'money', ['Amount', 'Kwota', 'Importe', 'Valor', 'Importo']),
  standard('currency', 'text', ['Currency', 'Waluta', 'Moneda', 'Moeda', 'Valuta']),
  standard('responsible', 'person', [
    'Responsible',
    'Osoba odpowiedzialna',
    'Responsable',
    'Responsável',
    'Responsabile',
  ]),
  standard('creator', 'person', ['Created by', 'Utworzone przez', 'Creado por', 'Criado por', 'Creato da'], {
    readOnly: true,
  }),
  standard('observers', 'person', ['Observers', 'Obserwatorzy', 'Observadores', 'Observadores', 'Osservatori'], {
    multiple: true,
  }),
  standard('contact', 'client', ['Contact', 'Kontakt', 'Contacto', 'Contato', 'Contatto']),
  standard('company', 'client', ['Company', 'Firma', 'Compañía', 'Empresa', 'Azienda']),
  standard('createdAt', 'dateTime', ['Created', 'Utworzono', 'Creado', 'Criado em', 'Creato il'], { readOnly: true }),
  standard('updatedAt', 'dateTime', ['Changed', 'Zmieniono', 'Modificado', 'Modificado em', 'Modificato il'], {
    readOnly: true,
  }),
  standard('pipeline', 'text', ['Pipeline', 'Lejek', 'Pipeline', 'Pipeline', 'Pipeline'], { readOnly: true }),
  standard('stage', 'text', ['Stage', 'Etap', 'Etapa', 'Etapa', 'Fase'], { readOnly: true }),
  standard('source', 'text', ['Source', 'Źródło', 'Origen', 'Fonte', 'Origine']),
  standard('dealKind', 'choice', [
    'Deal type',
    'Typ deala',
    'Tipo de negociación',
    'Tipo de negócio',
    'Tipo di trattativa',
  ]),
  standard('repeat', 'yesNo', ['Repeat', 'Powtórny', 'Repetida', 'Recorrente', 'Ripetuta'], { readOnly: true }),
  standard('deliveryDate', 'date', [
    'Delivery date',
    'Data dostawy',
    'Fecha de entrega',
    'Data de entrega',
    'Data di consegna',
  ]),
  standard('dueDate', 'date', [
    'Due date',
    'Termin płatności',
    'Fecha de vencimiento',
    'Data de vencimento',
    'Data di scadenza',
  ]),
  standard('paymentDate', 'date', [
    'Payment date',
    'Data płatności',
    'Fecha de pago',
    'Data de pagamento',
    'Data di pagamento',
  ]),
];

/** Standard fields that live in `items.fields` beside the custom ones. */
export const storedWithCustom = ['source', 'dealKind', 'deliveryDate', 'dueDate', 'paymentDate'] as const;

interface Traits {
  readonly multiple?: boolean;
  readonly readOnly?: boolean;
}

function standard(code: string, kind: FieldKind, [en, pl, es, pt, it]: Names, traits: Traits = {}): FieldSpec {
  return { code, kind, name: { en, pl, es, pt, it }, custom: false, ...traits };
}
