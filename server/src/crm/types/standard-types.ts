import type { ItemTypeEntry } from '@signalbox/contract/item-types.ts';

type Names = readonly [one: string, many: string];

const names: Readonly<Record<string, Readonly<Record<string, Names>>>> = {
  lead: {
    ...{ en: ['Lead', 'Leads'], pl: ['Lead', 'Leady'], es: ['Lead', 'Leads'] },
    ...{ pt: ['Lead', 'Leads'], it: ['Lead', 'Lead'] },
  },
  deal: {
    ...{ en: ['Deal', 'Deals'], pl: ['Deal', 'Deale'], es: ['Negociación', 'Negociaciones'] },
    ...{ pt: ['Negócio', 'Negócios'], it: ['Affare', 'Affari'] },
  },
  quote: {
    ...{ en: ['Quote', 'Quotes'], pl: ['Oferta', 'Oferty'], es: ['Cotización', 'Cotizaciones'] },
    ...{ pt: ['Orçamento', 'Orçamentos'], it: ['Preventivo', 'Preventivi'] },
  },
  invoice: {
    ...{ en: ['Invoice', 'Invoices'], pl: ['Faktura', 'Faktury'], es: ['Factura', 'Facturas'] },
    ...{ pt: ['Fatura', 'Faturas'], it: ['Fattura', 'Fatture'] },
  },
};

/** What the standard types are called, in all languages. */
export const namesOfStandardTypes = Object.values(names).flatMap((inLanguages) => Object.values(inLanguages).flat());

/** The types that every workspace has, in a language. */
export function listStandardTypes(language: string): ItemTypeEntry[] {
  return Object.entries(names).map(([code, inLanguages]) => {
    const [name, plural] = inLanguages[language] ?? inLanguages.en ?? [code, code];
    return { id: null, code, name, plural, icon: null, standard: true };
  });
}
