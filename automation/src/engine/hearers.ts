import { partsOf } from '../kit/conditions/conditions.ts';
import type { Board, BoundTrigger } from './board.ts';
import { compact } from './compact.ts';

/** What a verdict may say that stands in the trigger itself, so that verdicts need not repeat it. */
export interface OwnWords {
  readonly trigger: string;
  /** By setting. */
  readonly wanted: Readonly<Record<string, unknown>>;
  /** The parts of the condition, in its order. */
  readonly parts: readonly unknown[];
}

/** A trigger among those that hear a kind; equal numbers: equal settings, equal conditions. */
export interface Hearer {
  readonly trigger: BoundTrigger;
  readonly own: OwnWords;
  readonly settings: number;
  readonly condition: number;
}

/** Triggers side by side that the same stage, "allow moving back" and first question apply to; both places included. */
export interface HearerGroup {
  readonly from: number;
  readonly to: number;
  readonly stageId: number;
  readonly stageOrder: number;
  readonly allowBack: boolean;
  readonly door: Door | null;
}

/** The first question of its triggers is whether a setting is what came: who wants it is looked up instead of asked. */
export interface Door {
  readonly setting: string;
  got(payload: unknown): unknown;
  /** By what is wanted: the places, ascending. */
  readonly places: ReadonlyMap<unknown, readonly number[]>;
}

/** The enabled triggers that hear a kind, in judging order, sorted once so that judging costs what differs among them. */
export interface Hearers {
  readonly all: readonly Hearer[];
  readonly groups: readonly HearerGroup[];
}

/** Made once for a board and kind. */
export function hearersOf(board: Board, kind: string): Hearers {
  const triggers = board.triggersByKind.get(kind) ?? none;
  const made = known.get(triggers) ?? sortOut(triggers);
  known.set(triggers, made);
  return made;
}

const none: readonly BoundTrigger[] = [];
const known = new WeakMap<readonly BoundTrigger[], Hearers>();

function sortOut(triggers: readonly BoundTrigger[]): Hearers {
  const [settings, conditions] = [numbering(), numbering()];
  const all = triggers.map((trigger) => ({
    trigger,
    own: ownWordsOf(trigger),
    settings: settings([trigger.key, trigger.settings]),
    condition: conditions(trigger.when),
  }));
  return { all, groups: groupUp(triggers) };
}

function ownWordsOf({ id, settings, when }: BoundTrigger): OwnWords {
  const parts = when === null ? [] : partsOf(when);
  return { trigger: id, wanted: compact(settings), parts: parts.map((part) => compact({ ...part })) };
}

function numbering(): (value: unknown) => number {
  const numbers = new Map<string, number>();
  return (value) => {
    const text = JSON.stringify(value);
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
}

function groupUp(triggers: readonly BoundTrigger[]): HearerGroup[] {
  const starts = triggers.flatMap((trigger, place) => (isAlike(trigger, triggers[place - 1]) ? [] : [place]));
  return starts.flatMap((from, index) => {
    const to = (starts[index + 1] ?? triggers.length) - 1;
    const first = triggers[from];
    if (first === undefined) return [];
    const { stageId, stageOrder, allowBack } = first;
    return [{ from, to, stageId, stageOrder, allowBack, door: doorOf(triggers, from, to) }];
  });
}

function isAlike(one: BoundTrigger, other: BoundTrigger | undefined): boolean {
  return one.stageId === other?.stageId && one.allowBack === other.allowBack && one.key === other.key;
}

function doorOf(triggers: readonly BoundTrigger[], from: number, to: number): Door | null {
  const equals = triggers[from]?.definition.equals;
  if (equals === undefined) return null;
  const places = new Map<unknown, number[]>();
  for (let place = from; place <= to; place += 1) {
    const wanted = triggers[place]?.settings[equals.setting];
    const same = places.get(wanted);
    if (same === undefined) places.set(wanted, [place]);
    else same.push(place);
  }
  return { ...equals, places };
}
