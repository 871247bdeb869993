import { useFormat } from './format.ts';

export function Money({ amount, currency }: { amount: number | null; currency: string | null }) {
  const format = useFormat();
  if (amount === null) return null;
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>
      {currency ? format.money(amount, currency) : format.number(amount)}
    </span>
  );
}
