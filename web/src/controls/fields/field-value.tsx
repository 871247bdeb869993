import { Anchor } from '@mantine/core';
import { type Field, parseClientRef } from '@signalbox/contract/fields.ts';
import { useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { itemQuery } from '../../api/items/items.ts';
import { useUsers } from '../../api/workspace/users.ts';
import { TextLink } from '../../ui/button-link.tsx';
import { KeptApart } from '../../ui/kept-apart.tsx';
import { PersonFace } from '../../ui/person-face.tsx';
import { useFormat } from '../../ui/text/format.ts';
import { Money } from '../../ui/text/money.tsx';
import { PhoneNumber } from '../phone/phone-number.tsx';
import { ClientName } from './client-input.tsx';
import styles from './field-value.module.css';
import { FileShown } from './file-shown.tsx';
import { ItemName } from './item-input.tsx';
import { listOf, moneyOf, type Value } from './values.ts';

type Shown = Pick<Field, 'kind' | 'options'>;

interface OneProps {
  field: Shown;
  value: Value;
}

/** A field's value in words, by its kind. */
export function FieldValue({ field, value }: OneProps) {
  const { t } = useTranslation();
  const values = listOf(value);
  const One = shownAs[field.kind];
  if (values.length === 0) return <span className={styles.empty}>{t('common.notSet')}</span>;
  return (
    <span className={styles.values}>
      {values.map((one) => (
        <span key={JSON.stringify(one)} className={styles.one}>
          <KeptApart id={JSON.stringify(one)}>
            <One field={field} value={one} />
          </KeptApart>
        </span>
      ))}
    </span>
  );
}

/** Kinds whose values lead somewhere when they are clicked. */
export const leadsSomewhere = ({ kind }: Shown) => leading.has(shownAs[kind]);

const Plain = ({ value }: OneProps): ReactNode => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function Amount({ value }: OneProps) {
  const money = moneyOf(value);
  return money ? <Money amount={Number(money.amount)} currency={money.currency || null} /> : String(value);
}

const NumberValue = ({ value }: OneProps) => {
  const format = useFormat();
  return Number.isFinite(Number(value)) ? format.number(Number(value)) : String(value);
};

const isDate = (text: string) => !Number.isNaN(Date.parse(text));
// A date has no zone: midnight there would be yesterday here.
const DateValue = ({ value }: OneProps) => {
  const format = useFormat();
  const noon = `${String(value).slice(0, 10)}T12:00:00`;
  return isDate(noon) ? format.date(noon) : String(value);
};
const Moment = ({ value }: OneProps) => {
  const format = useFormat();
  return isDate(String(value)) ? format.moment(String(value)) : String(value);
};

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

function ClientValue({ value }: OneProps) {
  const ref = parseClientRef(value);
  if (ref === undefined) return String(value);
  return (
    <TextLink size="sm" to="/clients/$kind/$client" params={{ kind: ref.kind, client: String(ref.id) }}>
      <ClientName value={String(value)} />
    </TextLink>
  );
}

function ItemValue({ value }: OneProps) {
  const id = Number(value);
  const { data: item } = useQuery(itemQuery(id));
  if (!item) return <ItemName id={id} />;
  const params = { type: item.type, pipeline: String(item.pipeline), item: String(id) };
  return (
    <TextLink size="sm" to="/board/$type/$pipeline/items/$item" params={params}>
      {item.title}
    </TextLink>
  );
}

const FileValue = ({ value }: OneProps) => <FileShown id={Number(value)} />;

// What is no web address is only shown: a browser would run some of them.
function LinkValue({ value }: OneProps) {
  const text = String(value);
  if (!/^https?:\/\//i.test(text)) return text;
  return (
    <Anchor size="sm" href={text} target="_blank" rel="noreferrer noopener">
      {text.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}
    </Anchor>
  );
}

const PhoneValue = ({ value }: OneProps) => <PhoneNumber number={String(value)} />;

const EmailValue = ({ value }: OneProps) => (
  <Anchor size="sm" href={`mailto:${String(value)}`}>
    {String(value)}
  </Anchor>
);

const shownAs: Readonly<Record<Field['kind'], ComponentType<OneProps>>> = {
  text: Plain,
  address: Plain,
  money: Amount,
  number: NumberValue,
  date: DateValue,
  dateTime: Moment,
  yesNo: YesNo,
  choice: Choice,
  multiChoice: Choice,
  person: PersonValue,
  client: ClientValue,
  item: ItemValue,
  file: FileValue,
  link: LinkValue,
  phone: PhoneValue,
  email: EmailValue,
};

const leading: ReadonlySet<ComponentType<OneProps>> = new Set([
  ...[ClientValue, ItemValue, FileValue, LinkValue, PhoneValue, EmailValue],
]);
