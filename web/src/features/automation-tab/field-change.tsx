import { useTranslation } from 'react-i18next';
import { useFields } from '../../api/items/fields.ts';
import { nameOf } from '../../controls/control.ts';
import { FieldValue } from '../../controls/fields/field-value.tsx';
import type { Value } from '../../controls/fields/values.ts';
import type { TabFacts } from './use-tab-facts.ts';

export interface ChangedField {
  readonly code: string;
  readonly from: unknown;
  readonly to: unknown;
  /** The reader may not see it: neither value is told. */
  readonly hidden: boolean;
}

/** "Amount: 10 → 20": a field by its name, from what to what. */
export function FieldChange({ change: { code, from, to, hidden }, facts }: { change: ChangedField; facts: TabFacts }) {
  const { t } = useTranslation('automation');
  const { data: fields = [] } = useFields(facts.type);
  const field = fields.find((one) => one.code === code);
  const known = facts.fields.find((one) => one.code === code);
  return (
    <>
      {field?.name ?? (known && nameOf(known, facts.language)) ?? code}
      {': '}
      {hidden && t('undo.hidden')}
      {field && !hidden && (
        <>
          <FieldValue field={field} value={from as Value} /> → <FieldValue field={field} value={to as Value} />
        </>
      )}
    </>
  );
}
