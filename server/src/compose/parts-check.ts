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
  /** Kinds of channels whose signals may know only the client (semantics.md 2.2). */
  readonly ofClients: readonly string[];
  /** Kinds of rows that the sources put in the outbox. */
  readonly put: readonly string[];
  /** Kinds of timeline entries that the screens draw. */
  readonly drawn: readonly string[];
  /** Names of the scenes in the walk over the screens. */
  readonly scenes: readonly string[];
  /** Files below `server/src/channels`. */
  readonly files: readonly string[];
  /** Kinds of channels with a page in the sandbox. */
  readonly pages: readonly string[];
  /** Names of the ports that rules use, and of those that are made. */
  readonly portsUsed: readonly string[];
  readonly portsMade: readonly string[];
}

/** One line for each thing that is missing, with where it belongs, or too much. */
export function checkParts(house: House): string[] {
  const { parts, announced, kinds } = house;
  return [
    ...kinds.filter((kind) => !announced.includes(kind)).flatMap((kind) => checkKind(kind, house)),
    ...announced.filter((kind) => !kinds.includes(kind)).map((kind) => `${kind}: announced, but no kind`),
    ...announced.filter((kind) => carriersOf(kind, house).length > 0).map((kind) => `${kind}: is built, take it off`),
    ...parts.filter(({ channels = [] }) => channels.length > 0).flatMap((part) => checkChannel(part, house)),
    ...checkSenders(house),
    ...checkFolders(house),
    ...house.portsUsed
      .filter((name) => !house.portsMade.includes(name))
      .map((name) => `${name}: a rule uses this port and no part has it among its ports`),
    ...twice(parts.map(({ name }) => name)).map((name) => `${name}: two parts of that name`),
  ];
}

const carriersOf = (kind: string, { parts }: House) =>
  parts.filter(({ channels = [] }) => channels.some((one) => one === kind));

function checkKind(kind: string, house: House): string[] {
  const carriers = carriersOf(kind, house);
  return [
    ...(carriers.length === 0 ? [`${kind}: no part carries it; it belongs among the channels of a part.ts`] : []),
    ...(carriers.length > 1 ? [`${kind}: several parts carry it`] : []),
    ...(house.sandboxed.includes(kind) ? [] : [`${kind}: no sandbox among its providers`]),
    ...(house.pages.includes(kind) ? [] : [`${kind}: no web/src/features/sandbox/${kind}/page.tsx`]),
  ];
}

function checkChannel(part: Part, house: House): string[] {
  const { name, channels = [], sandbox, bind, entries = [], scenes = [], events = {} } = part;
  const ofClients = channels.some((kind) => house.ofClients.includes(kind));
  const fixtures = Object.entries(events).flatMap(([provider, all]) =>
    all.map((event) => `${name}/fixtures/${provider}/${event}.json`),
  );
  return [
    ...(sandbox === undefined ? [`${name}: no sandbox routes in its part.ts`] : []),
    ...(ofClients && bind === undefined
      ? [`${name}: its signals may know only the client, and no bind in its part.ts shows them on the items chosen`]
      : []),
    ...(entries.length === 0 ? [`${name}: no timeline entry in its part.ts`] : []),
    ...entries
      .filter((kind) => !house.drawn.includes(kind))
      .map(
        (kind) =>
          `${name}: nothing draws the entry ${kind}; it belongs into an entries.ts of web/src/features/items/entries`,
      ),
    ...(scenes.length === 0 ? [`${name}: no scene of the walk over the screens in its part.ts`] : []),
    ...scenes
      .filter((scene) => !house.scenes.includes(scene))
      .map((scene) => `${name}: there is no scene ${scene}; it belongs into e2e/scenes`),
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

function checkFolders({ files, parts }: House): string[] {
  const folders = files.flatMap((file) => /^([\w-]+)\/part\.ts$/.exec(file)?.[1] ?? []);
  return folders
    .filter((folder) => !parts.some(({ name }) => name === folder))
    .map((folder) => `${folder}: its part.ts has no line in server/src/channels/index.ts`);
}

const twice = (names: readonly string[]) => [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
