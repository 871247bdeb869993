import type { Part } from '../parts/part.ts';

/** Everything that a channel must have, collected from where each thing is listed. */
export interface House {
  /** Kinds of channels (contract). */
  readonly kinds: readonly string[];
  /** Kinds that have settings and nothing behind them yet. */
  readonly announced: readonly string[];
  readonly parts: readonly Part[];
  /** Kinds that can be set up with the provider `sandbox`. */
  readonly sandboxed: readonly string[];
  /** Kinds of rows that the sources put in the outbox. */
  readonly put: readonly string[];
  /** Kinds of timeline entries that the screens draw. */
  readonly drawn: readonly string[];
  /** Names of the scenes in the walk over the screens. */
  readonly scenes: readonly string[];
  /** Files below `server/src/channels`. */
  readonly files: readonly string[];
}

/** One line for each thing that is missing, or too much. */
export function checkParts(house: House): string[] {
  const { parts, announced, kinds } = house;
  return [
    ...kinds.filter((kind) => !announced.includes(kind)).flatMap((kind) => checkKind(kind, house)),
    ...announced.filter((kind) => !kinds.includes(kind)).map((kind) => `${kind}: announced, but no kind`),
    ...announced.filter((kind) => carriersOf(kind, house).length > 0).map((kind) => `${kind}: is built, take it off`),
    ...parts.filter(({ channels = [] }) => channels.length > 0).flatMap((part) => checkChannel(part, house)),
    ...checkSenders(house),
    ...twice(parts.map(({ name }) => name)).map((name) => `${name}: two parts of that name`),
  ];
}

const carriersOf = (kind: string, { parts }: House) =>
  parts.filter(({ channels = [] }) => channels.some((one) => one === kind));

function checkKind(kind: string, house: House): string[] {
  const carriers = carriersOf(kind, house);
  return [
    ...(carriers.length === 0 ? [`${kind}: no part carries it`] : []),
    ...(carriers.length > 1 ? [`${kind}: several parts carry it`] : []),
    ...(house.sandboxed.includes(kind) ? [] : [`${kind}: no sandbox among its providers`]),
  ];
}

function checkChannel({ name, sandbox, entries = [], scenes = [], events = {} }: Part, house: House): string[] {
  const fixtures = Object.entries(events).flatMap(([provider, all]) =>
    all.map((event) => `${name}/fixtures/${provider}/${event}.json`),
  );
  return [
    ...(sandbox === undefined ? [`${name}: no sandbox`] : []),
    ...(entries.length === 0 ? [`${name}: no timeline entry`] : []),
    ...entries.filter((kind) => !house.drawn.includes(kind)).map((kind) => `${name}: nothing draws the entry ${kind}`),
    ...(scenes.length === 0 ? [`${name}: no scene in the walk over the screens`] : []),
    ...scenes.filter((scene) => !house.scenes.includes(scene)).map((scene) => `${name}: there is no scene ${scene}`),
    ...fixtures.filter((file) => !house.files.includes(file)).map((file) => `${name}: no fixture ${file}`),
  ];
}

function checkSenders({ parts, put }: House): string[] {
  const sent = parts.flatMap(({ senders = {} }) => Object.keys(senders));
  return [
    ...put.filter((kind) => !sent.includes(kind)).map((kind) => `${kind}: is put in the outbox and nothing sends it`),
    ...sent
      .filter((kind) => !put.includes(kind))
      .map((kind) => `${kind}: has a sender and nothing puts it in the outbox`),
    ...twice(sent).map((kind) => `${kind}: two senders`),
  ];
}

const twice = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
