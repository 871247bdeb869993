import type { Field } from '@signalbox/contract/fields.ts';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '../../api/users.ts';
import { useFormat } from '../../ui/format.ts';
import { Money } from '../../ui/money.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import styles from './field-value.module.css';
import { listOf, moneyOf, type Value } from './field-values.ts';

interface OneProps {
  field: Field;
  value: Value;
}

/** A field's value in words, by its kind. */
export function FieldValue({ field, value }: OneProps) {
  const { t } = useTranslation();
  const values = listOf(value);
  const One = shownAs[field.kind] ?? Plain;
  if (values.length === 0) return <span className={styles.empty}>{t('common.notSet')}</span>;
  return (
    <span className={styles.values}>
      {values.map((one) => (
        <One key={JSON.stringify(one)} field={field} value={one} />
      ))}
    </span>
  );
}

const Plain = ({ value }: OneProps): ReactNode => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function Amount({ value }: OneProps) {
  const money = moneyOf(value);
  return money && <Money amount={Number(money.amount)} currency={money.currency || null} />;
}

const NumberValue = ({ value }: OneProps) => useFormat().number(Number(value));
// A date has no zone: midnight there would be yesterday here.
const DateValue = ({ value }: OneProps) => useFormat().date(`${String(value).slice(0, 10)}T12:00:00`);
const Moment = ({ value }: OneProps) => useFormat().moment(String(value));

function YesNo({ value }: OneProps) {
  const { t } = useTranslation();
  return value === true ? t('common.yes') : t('common.no');
}

const Choice = ({ field, value }: OneProps) =>
  field.options.find((option) => option.value === value)?.name ?? String(value);

function PersonValue({ value }: OneProps) {
  const { data: people = [] } = useUsers();
  const person = people.find(({ id }) => id === value);
  if (!person) return `#${String(value)}`;
  return (
    <span className={styles.person}>
      <PersonFace person={person} size={20} /> {person.name}
    </span>
  );
}

const shownAs: Partial<Record<Field['kind'], ComponentType<OneProps>>> = {
  money: Amount,
  number: NumberValue,
  date: DateValue,
  dateTime: Moment,
  yesNo: YesNo,
  choice: Choice,
  multiChoice: Choice,
  person: PersonValue,
};
