import type { Lane } from '../../../controls/definitions.ts';
import type { FileRule, FileTrigger, RuleTime } from './file-shape.ts';

export type { Lane };

/** One card on the board: an entry of the automation file that knows where it is and whether it was ever set up. */
export interface CardBase {
  /** Ours, for as long as the page lives; `id` is the server's and is missing until the first save. */
  readonly uid: string;
  readonly id: string | null;
  readonly key: string;
  readonly stage: string;
  /** Empty: the kind's own name. */
  readonly name: string;
  readonly enabled: boolean;
  readonly when: unknown;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Yellow: added, its settings not saved yet. */
  readonly fresh: boolean;
}

export interface TriggerCard extends CardBase {
  readonly lane: 'trigger';
  readonly as: string;
  readonly allowBack: boolean;
}

export interface RuleCard extends CardBase {
  readonly lane: 'rule';
  readonly order: 'in parallel' | 'after previous';
  readonly time: RuleTime | null;
  readonly hours: readonly ('company' | 'responsible')[];
  readonly onLeave: 'cancel' | 'keep';
}

export type Card = TriggerCard | RuleCard;

/**
 * A new card with nothing set, waiting for its settings. A rule has its id from the start: later rules name its results by
 * it, saved or not.
 */
export function newCard(place: {
  readonly lane: Lane;
  readonly key: string;
  readonly stage: string;
  readonly uid: string;
}): Card {
  const base = {
    uid: place.uid,
    id: null,
    key: place.key,
    stage: place.stage,
    name: '',
    enabled: true,
    when: null,
    settings: {},
    fresh: true,
  };
  return place.lane === 'trigger'
    ? { ...base, lane: 'trigger', as: 'responsible', allowBack: false }
    : { ...base, id: ruleId(place.uid), lane: 'rule', order: 'in parallel', time: null, hours: [], onLeave: 'cancel' };
}

/** An id of the automation file (a letter, then letters, digits, `_`, `-`) made from a card's uid. */
export const ruleId = (uid: string): string => `r${uid.replaceAll(/[^A-Za-z0-9_-]/g, '').slice(0, 12)}`;

export function triggerCard(entry: FileTrigger, uid: string): TriggerCard {
  return {
    ...baseOf(entry, entry.on, uid),
    lane: 'trigger',
    as: entry.as ?? 'responsible',
    allowBack: entry.allowBack ?? false,
  };
}

export function ruleCard(entry: FileRule, uid: string): RuleCard {
  return {
    ...baseOf(entry, entry.do, uid),
    lane: 'rule',
    order: entry.order ?? 'in parallel',
    time: entry.time ?? null,
    hours: entry.hours ?? [],
    onLeave: entry.onLeave ?? 'cancel',
  };
}

/** What stands at its default is left out, so that a file reads as people write it. */
export function triggerEntry(card: TriggerCard): FileTrigger {
  return {
    on: card.key,
    ...commonEntry(card),
    ...(card.as === 'responsible' ? {} : { as: card.as }),
    ...(card.allowBack ? { allowBack: true } : {}),
    ...settingsEntry(card),
  };
}

export function ruleEntry(card: RuleCard): FileRule {
  return {
    do: card.key,
    ...commonEntry(card),
    ...(card.order === 'in parallel' ? {} : { order: card.order }),
    ...(card.time === null ? {} : { time: card.time }),
    ...(card.onLeave === 'cancel' ? {} : { onLeave: card.onLeave }),
    ...(card.hours.length === 0 ? {} : { hours: card.hours }),
    ...settingsEntry(card),
  };
}

type Entry = Omit<FileTrigger, 'on' | 'as' | 'allowBack'>;

function baseOf(entry: Entry, key: string, uid: string): CardBase {
  return {
    uid,
    id: entry.id ?? null,
    key,
    stage: entry.stage,
    name: entry.name ?? '',
    enabled: entry.enabled ?? true,
    when: entry.when ?? null,
    settings: entry.settings ?? {},
    fresh: false,
  };
}

function commonEntry(card: CardBase): Entry {
  return {
    ...(card.id === null ? {} : { id: card.id }),
    stage: card.stage,
    ...(card.name === '' ? {} : { name: card.name }),
    ...(card.enabled ? {} : { enabled: false }),
    ...(card.when === null ? {} : { when: card.when }),
  };
}

function settingsEntry(card: CardBase): { settings?: Readonly<Record<string, unknown>> } {
  return Object.keys(card.settings).length === 0 ? {} : { settings: card.settings };
}
