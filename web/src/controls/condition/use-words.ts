import type { Operator } from '@signalbox/automation/kit/conditions/operators.ts';
import { dateWordsIn } from '@signalbox/automation/kit/conditions/say-date-words.ts';
import { parseDateWords } from '@signalbox/automation/kit/values/date-words.ts';
import { isMoney, isRecord } from '@signalbox/automation/kit/values/values.ts';
import { parseLanguage } from '@signalbox/automation/kit/words/languages.ts';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { formatMoney, shown } from '../../ui/text/format.ts';
import { type Variable, variableInWords, type WordFacts } from '../form-facts.tsx';
import { durationInWords, type Say } from '../words/setting-in-words.ts';
import type { Words } from './in-words.ts';
import { type NamesOfRecords, recordKey } from './names-of-records.ts';
import { operatorKeys, weekdays } from './operator-keys.ts';
import { variableAt } from './variable-at.ts';

/** The sentence's words in the language on screen, with the names and values as people know them. */
export function useWords(facts: WordFacts, names: NamesOfRecords, t: TFunction<'automation'>): Words {
  return useMemo(() => {
    const say = (path: string, value: unknown, is: Operator) =>
      sayValue(value, { ...facts, variable: variableOf(facts, path), names, is, t });
    return {
      field: (path) => (path === 'now' ? t('condition.now') : fieldName(variableOf(facts, path), path)),
      value: say,
      part: (is, words) => t(`condition.sentence.${operatorKeys[is]}`, words),
      group: (join, parts) => {
        const glue = join === 'all' || join === 'notAll' ? t('condition.and') : t('condition.or');
        const list = parts.join(` ${glue} `);
        return join === 'none' || join === 'notAll' ? t('condition.not', { list }) : list;
      },
    };
  }, [facts, names, t]);
}

const fieldName = (variable: Variable | undefined, path: string): string =>
  variable === undefined ? path : variableInWords(variable);

export const variableOf = ({ variables }: Pick<WordFacts, 'variables'>, path: string): Variable | undefined =>
  variableAt(variables, path);

interface Saying extends WordFacts {
  readonly variable: Variable | undefined;
  readonly names: NamesOfRecords;
  readonly is: Operator;
  readonly t: Say;
}

function sayValue(value: unknown, saying: Saying): string {
  const { t } = saying;
  if (saying.is === 'changed') return sayChange(value, saying);
  if (saying.is === 'within last' || saying.is === 'within next')
    return durationInWords(String(value ?? ''), saying.language);
  if (Array.isArray(value))
    return value
      .map((one) => sayOne(one, saying))
      .join(saying.is === 'between' || saying.is === 'time of day' ? ` ${t('condition.and')} ` : ', ');
  return sayOne(value, saying);
}

function sayChange(value: unknown, saying: Saying): string {
  if (!isRecord(value)) return '';
  const from = value.from === undefined ? '' : saying.t('condition.from', { value: sayOne(value.from, saying) });
  const to = value.to === undefined ? '' : saying.t('condition.to', { value: sayOne(value.to, saying) });
  return [from, to].filter((part) => part !== '').join(' ');
}

function sayOne(value: unknown, { variable, names, language, timeZone, people, is, t }: Saying): string {
  if (value === undefined || value === null || value === '') return '…';
  if (value === true || value === false) return t(value ? 'controls.yes' : 'controls.no');
  if (isMoney(value)) return sayMoney(value.amount, value.currency, language);
  if (is === 'weekday') return sayWeekday(value, language);
  const kind = variable?.field.kind;
  if (kind === 'client' || kind === 'item') return names[recordKey(kind, value)] ?? String(value);
  if (kind === 'money') return sayAmount(String(value), language);
  if (kind === 'person') return people.find(({ id, email }) => email === value || id === value)?.name ?? String(value);
  if (typeof value === 'number') return new Intl.NumberFormat(language).format(value);
  const dated = kind === 'date' || kind === 'dateTime' ? parseDateWords(value) : undefined;
  if (dated !== undefined) return dateWordsIn(dated, parseLanguage(language));
  if (kind === 'date' && is !== 'time of day') return sayDate(String(value), language);
  if (kind === 'dateTime' && is !== 'time of day') return sayMoment(String(value), language, timeZone);
  return variable?.field.options?.find((option) => option.value === value)?.name ?? String(value);
}

/** A plain number is in the currency of whatever it is compared with (semantics.md 6). */
function sayAmount(text: string, language: string): string {
  const [amount = '', currency] = text.trim().split(/\s+/);
  if (currency !== undefined) return sayMoney(amount, currency, language);
  const number = Number(amount);
  return Number.isFinite(number) ? new Intl.NumberFormat(language).format(number) : text;
}

function sayMoney(amount: string, currency: string, language: string): string {
  const number = Number(amount);
  if (!Number.isFinite(number)) return amount;
  return formatMoney(number, currency, language);
}

function sayDate(date: string, language: string): string {
  const at = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(at.getTime())
    ? date
    : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
}

function sayMoment(text: string, language: string, timeZone: string | undefined): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return sayDate(text, language);
  return shown(text, (at) =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at),
  );
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function sayWeekday(day: unknown, language: string): string {
  const at = weekdays.findIndex((name) => String(day).toLowerCase().startsWith(name));
  if (at < 0) return String(day);
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(MONDAY + at * DAY_MS));
}
