import { isWorkingTime } from '../values/calendar.ts';
import { parseDuration } from '../values/durations.ts';
import { normalEmail } from '../values/email-addresses.ts';
import { foldedText, normalLines } from '../values/normal-form.ts';
import { holdingOneOf, oneOf, otherForms, textOf } from '../values/spellings.ts';
import { isDay, secondOfDay, shift, weekdayOf } from '../values/time.ts';
import { isRecord } from '../values/values.ts';
import { type Comparing, compareValues, dayOf, isComparedAsText, momentOf } from './compare.ts';
import type { ConditionFacts, ConditionPart } from './condition.ts';
import { isRead, readNames } from './condition-names.ts';
import type { Operator } from './operators.ts';
import type { Found } from './paths.ts';
import { readPattern } from './patterns/read-pattern.ts';

/** Null: it can't be told. */
export interface Answer {
  readonly holds: boolean | null;
  readonly note?: string;
}
/** Asks one value that is not empty. */
export type ValueTest = (got: unknown, by: Comparing, facts: ConditionFacts) => Answer;
type MakeTest = (wanted: unknown, part: ConditionPart) => ValueTest;

/** The test of a part, made once when the board is bound. */
export function valueTest(part: ConditionPart): ValueTest {
  return makers[part.is]?.(part.value, part) ?? never;
}

const never: ValueTest = () => ({ holds: false });

const equals: MakeTest = (wanted) => (got, by, facts) => {
  if (by.kind === 'person') return { holds: samePerson(got, wanted, facts) };
  if (by.kind === 'client') return { holds: sameClient(got, wanted, facts, by) };
  return ordered(got, wanted, by, (order) => order === 0);
};
const isIn: MakeTest = (wanted, part) => {
  const tests = listOf(wanted).map((one) => equals(one, part));
  const isOne = oneOf(listOf(wanted));
  return (got, by, facts) =>
    isComparedAsText(got, by) ? { holds: isOne(got, by) } : anyOf(tests.map((test) => test(got, by, facts)));
};
const holding =
  (atStart: boolean): MakeTest =>
  (wanted) => {
    const holds = holdingOneOf(atStart ? [wanted] : listOf(wanted), { atStart });
    return (got, by) => ({ holds: holds(got, by) });
  };

/** `not …` operators stand with what they deny; the evaluation turns them round (several values: none may match). */
const makers: Readonly<Partial<Record<Operator, MakeTest>>> = {
  equals,
  'not equals': equals,
  in: isIn,
  'not in': isIn,
  contains: holding(false),
  'does not contain': holding(false),
  'starts with': holding(true),
  matches: matchesPattern,
  greater: (wanted) => (got, by) => ordered(got, wanted, by, (order) => order > 0),
  'at least': (wanted) => (got, by) => ordered(got, wanted, by, (order) => order >= 0),
  less: (wanted) => (got, by) => ordered(got, wanted, by, (order) => order < 0),
  'at most': (wanted) => (got, by) => ordered(got, wanted, by, (order) => order <= 0),
  between: isBetween,
  'within last': (wanted) => isWithin(wanted, -1),
  'within next': (wanted) => isWithin(wanted, 1),
  'time of day': isTimeOfDay,
  weekday: isWeekday,
  'working time': isInWorkingTime,
};

/** Whether one value, under all its names, is the wanted one: a choice also by its name, a person also by e-mail address. */
export function isValue(wanted: unknown, { found, by, facts }: Asked): (got: unknown) => Answer {
  const test = equals(wanted, { field: '', is: 'equals' });
  return (got) => {
    const names = isRead(by.kind) ? readNames(found.spec, got) : [got];
    return anyOf(names.map((name) => test(name, by, facts)));
  };
}

interface Asked {
  readonly found: Found;
  readonly by: Comparing;
  readonly facts: ConditionFacts;
}

function ordered(got: unknown, wanted: unknown, by: Comparing, holds: (order: number) => boolean): Answer {
  const { order, note } = compareValues(got, wanted, by);
  return order === null ? { holds: null, note } : { holds: holds(order) };
}

function isBetween(wanted: unknown): ValueTest {
  const [least, most] = listOf(wanted);
  return (got, by) => {
    const low = ordered(got, least, by, (order) => order >= 0);
    return low.holds === true ? ordered(got, most, by, (order) => order <= 0) : low;
  };
}

/**
 * Looking takes as long as text and pattern are large, multiplied. All that is asked of the same facts shares so many steps: when they are
 * used up, the patterns that come look at the beginning of a text, a hundred letters at least, until as many have been taken again: what is
 * asked then is not found.
 */
const MOST_STEPS = 1_000_000;
const LEAST_LETTERS = 100;
/** As long as so many steps it takes to begin with a text: of thousands of short ones that is all. */
const STEPS_TO_BEGIN = 50;
/** Where a text was cut is not its end. */
const CUT = '\0';
const stepsTaken = new WeakMap<ConditionFacts, number>();

function matchesPattern(wanted: unknown, part: ConditionPart): ValueTest {
  const pattern = readPattern(String(wanted), { matchCase: part.matchCase === true });
  const fits = (text: string, facts: ConditionFacts) => {
    const [most, taken] = [mostSteps(facts), stepsTaken.get(facts) ?? 0];
    if (taken >= 2 * most) return false;
    const letters = Math.max(LEAST_LETTERS, Math.floor((most - taken) / pattern.parts));
    stepsTaken.set(facts, taken + STEPS_TO_BEGIN + pattern.parts * Math.min(letters, text.length));
    return pattern.isFoundIn(text.length > letters ? `${text.slice(0, letters)}${CUT}` : text);
  };
  // As it is written, and in the form in which it is compared; nothing is made of a text that is not looked into any more.
  return (got, by, facts) =>
    (stepsTaken.get(facts) ?? 0) >= 2 * mostSteps(facts)
      ? notFound
      : { holds: fits(normalLines(String(got)), facts) || otherForms(got, by).some((form) => fits(form, facts)) };
}

const notFound: Answer = { holds: false };

function mostSteps({ patternSteps = MOST_STEPS }: ConditionFacts): number {
  return patternSteps;
}

function isWithin(wanted: unknown, sign: 1 | -1): ValueTest {
  const duration = parseDuration(String(wanted));
  if (duration === undefined) return never;
  return (got, { workspace: { timeZone } }, { at }) => {
    // A day lies within when one of the days between the two moments is that day.
    const read = isDay(got) ? dayOf : momentOf;
    const moment = read(got, timeZone);
    const [from, to] = [at, shift(at, duration, { sign, timeZone })].map((end) => read(end, timeZone));
    if (moment === undefined || from === undefined || to === undefined) return { holds: false };
    return { holds: moment >= Math.min(from, to) && moment <= Math.max(from, to) };
  };
}

function isTimeOfDay(wanted: unknown): ValueTest {
  const [from = 0, to = 0] = listOf(wanted).map(secondsOf);
  return (got, { workspace: { timeZone } }) => {
    const moment = momentOf(got, timeZone);
    if (moment === undefined) return { holds: false };
    const second = secondOfDay(moment, timeZone);
    return { holds: from <= to ? second >= from && second <= to : second >= from || second <= to };
  };
}

function isWeekday(wanted: unknown): ValueTest {
  const days = listOf(wanted).map(parseWeekday);
  return (got, { workspace: { timeZone } }) => {
    const moment = momentOf(got, timeZone);
    return { holds: moment !== undefined && days.includes(weekdayOf(moment, timeZone)) };
  };
}

function isInWorkingTime(): ValueTest {
  return (got, { workspace: { calendar, timeZone } }) => {
    const moment = momentOf(got, timeZone);
    return { holds: moment !== undefined && (calendar === null || isWorkingTime(calendar, timeZone, moment)) };
  };
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** 1 to 7, `mon` or `monday`; undefined for anything else. */
export function parseWeekday(given: unknown): number | undefined {
  const text = String(given).toLowerCase();
  if (/^[1-7]$/.test(text)) return Number(text);
  const index = text.length < 3 ? -1 : weekdays.findIndex((day) => day.startsWith(text));
  return index === -1 ? undefined : index + 1;
}

export function listOf(value: unknown): readonly unknown[] {
  if (isRecord(value) && 'from' in value && 'to' in value) return [value.from, value.to];
  return Array.isArray(value) ? value : [value];
}

function secondsOf(time: unknown): number {
  const [hour = 0, minute = 0, second = 0] = String(time).split(':').map(Number);
  return hour * 3600 + minute * 60 + second;
}

/** True if any is, unknown if one of them might be. */
export function anyOf(answers: readonly Answer[]): Answer {
  return answers.find(({ holds }) => holds === true) ?? answers.find(({ holds }) => holds === null) ?? { holds: false };
}

function samePerson(got: unknown, wanted: unknown, { item, workspace }: ConditionFacts): boolean {
  if (String(got) === String(wanted)) return true;
  const [email, name] = [normalEmail(String(wanted)), foldedText(String(wanted))];
  if (workspace.directory?.byEmail[email] === got) return true;
  return [item.responsible, item.creator].some(
    (person) =>
      person?.id === got && (normalEmail(person?.email ?? '') === email || foldedText(person?.name ?? '') === name),
  );
}

function sameClient(got: unknown, wanted: unknown, { item }: ConditionFacts, { matchCase }: Comparing): boolean {
  if (String(got) === String(wanted)) return true;
  return [item.contact, item.company].some(
    (client) => client?.id === got && textOf(client?.name, matchCase) === textOf(wanted, matchCase),
  );
}
