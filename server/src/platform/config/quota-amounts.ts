import { type QuotaName, quotaNames } from '@signalbox/contract/quotas.ts';

export type Amounts = Readonly<Record<QuotaName, number>>;

const GB = 1024 ** 3;

/**
 * What a workspace has unless the operator says otherwise: far more than people need, and less than what stops a house.
 * Of bytes where the name says so, else of things; e-mails and rows of imports in 24 hours, calls in a minute.
 */
export const usualAmounts: Amounts = {
  ...{ items: 5_000_000, tasks: 5_000_000, files: 1_000_000, 'file-bytes': 100 * GB },
  ...{ 'files-of-person': 200_000, 'file-bytes-of-person': 50 * GB },
  ...{ 'import-rows': 10_000_000, emails: 1_000_000, 'emails-of-person': 20_000 },
  ...{ 'waiting-signals': 2_000_000, 'calls-of-key': 600_000 },
};

/** `items=100k, file-bytes=20G`: amounts with k, M, G or T for thousands, of bytes for steps of 1,024; undefined when it is not written so. */
export function parseQuotas(text: string): Partial<Amounts> | undefined {
  const found = text.split(',').map((one) => {
    const [, name, digits, unit = ''] = /^\s*([a-z-]+)\s*=\s*(\d{1,15})\s*([kMGT]?)\s*$/.exec(one) ?? [];
    const known = quotaNames.find((wanted) => wanted === name);
    const amount = Number(digits) * (name?.includes('bytes') ? 1024 : 1000) ** units.indexOf(unit);
    return known === undefined || !Number.isSafeInteger(amount) ? undefined : ([known, amount] as const);
  });
  const named = found.flatMap((one) => (one === undefined ? [] : [one]));
  return named.length === found.length ? Object.fromEntries(named) : undefined;
}

const units = ['', 'k', 'M', 'G', 'T'];
