import { inOneGo, type Pieces } from '../../kit/pieces.ts';
import type { Board, BoundRule, BoundTrigger } from '../board.ts';
import { waitingCircle } from '../rule-chains.ts';
import { cancelledBefore } from './check-cancelled.ts';
import { neverTrue } from './check-conditions.ts';
import { notConnected } from './check-connected.ts';
import { findCycles } from './check-cycles.ts';
import { brokenReferences, type Known } from './check-known.ts';
import { missingRates } from './check-rates.ts';
import type { Finding } from './finding.ts';

export type { Finding } from './finding.ts';

/** What is wrong with a board as a whole, beyond what binding it tells: stages, broken references, cycles, races, what never fires or runs. */
export function checkBoard(board: Board, known: Known = {}): readonly Finding[] {
  return inOneGo(checkBoardInPieces(board, known));
}

/** The same, a check a piece. */
export function* checkBoardInPieces(board: Board, known: Known = {}): Pieces<readonly Finding[]> {
  const found: Finding[] = [];
  for (const check of checks) {
    found.push(...check(board, known));
    yield;
  }
  return found;
}

const checks: readonly ((board: Board, known: Known) => readonly Finding[])[] = [
  stageFindings,
  brokenReferences,
  missingRecipients,
  circles,
  cancelledBefore,
  staysPut,
  missingRates,
  notConnected,
  neverTrue,
  neverFires,
  races,
  cycles,
];

/** Stages of kind won and lost stand last (semantics.md 3.4). */
function stageFindings({ stages }: Board): readonly Finding[] {
  const firstClosed = stages.findIndex(({ kind }) => kind !== 'open');
  if (firstClosed === -1) return [];
  return stages.flatMap((stage, index): Finding[] => {
    if (index < firstClosed || stage.kind !== 'open') return [];
    const message = `The stage "${stage.name}" must stand before those for won and lost`;
    return [
      {
        severity: 'error',
        code: 'closed-not-last',
        path: ['stages', index],
        message,
        params: { stage: stage.name },
        ids: [],
      },
    ];
  });
}

function missingRecipients({ rules }: Board): readonly Finding[] {
  return rules.flatMap((rule) =>
    Object.entries(rule.definition.fields).flatMap(([name, { control, default: begins }]): Finding[] => {
      const value = rule.settings[name];
      // One that begins without anybody, such as a task's observers, may stay so.
      const isAsked = control === 'people' && Array.isArray(begins) && begins.length > 0;
      if (!isAsked || !Array.isArray(value) || value.length > 0) return [];
      const path = ['rules', rule.position, 'settings', name];
      return [
        { severity: 'error', code: 'no-recipient', path, message: `"${rule.name}" has no recipient`, ids: [rule.id] },
      ];
    }),
  );
}

function circles(board: Board): readonly Finding[] {
  const { stages, rules } = board;
  return stages.flatMap((stage): Finding[] => {
    const ids = waitingCircle(rules.filter(({ stageId }) => stageId === stage.id));
    if (ids.length === 0) return [];
    const message = `On "${stage.name}" these rules wait for each other: ${ids.join(', ')}`;
    return [
      {
        severity: 'error',
        code: 'waiting-circle',
        path: pathOfRule(board, ids),
        message,
        params: { stage: stage.name },
        ids,
      },
    ];
  });
}

/** A rule that sends the item to the stage on which it stands does nothing (semantics.md 3.5). */
function staysPut({ rules }: Board): readonly Finding[] {
  return rules.filter(isOn).flatMap((rule): Finding[] => {
    if (!rule.definition.causes(rule.settings).some((cause) => 'stage' in cause && cause.stage === rule.stage))
      return [];
    const message = `"${rule.name}" does nothing: the item is on that stage already`;
    const path = ['rules', rule.position, 'settings', 'stage'];
    return [{ severity: 'warning', code: 'stays-put', path, message, ids: [rule.id] }];
  });
}

function neverFires(board: Board): readonly Finding[] {
  const wishes = wishesOf(board.triggers.filter(isOn));
  return board.triggers.filter(isOn).flatMap((trigger): Finding[] => {
    const shadow = wishes(trigger).find((other) => hides(other, trigger));
    if (shadow !== undefined)
      return [
        {
          ...warning(
            trigger,
            'never-fires',
            `"${trigger.name}" never fires: "${shadow.name}" above it always comes first`,
          ),
          params: { other: shadow.name },
        },
      ];
    if (trigger.stageOrder > 0 || trigger.allowBack) return [];
    return [
      warning(
        trigger,
        'never-fires',
        `"${trigger.name}" never fires: every other stage is later, and moving back is off`,
      ),
    ];
  });
}

/** The same trigger above on the same stage, with no condition or the same one. */
function hides(other: BoundTrigger, trigger: BoundTrigger): boolean {
  return (
    isOn(other) &&
    other.position < trigger.position &&
    other.stageId === trigger.stageId &&
    other.allowBack >= trigger.allowBack
  );
}

/** Two triggers that would both move for the same signal: the earliest stage wins (semantics.md 3.3). */
function races({ triggers }: Board): readonly Finding[] {
  const on = triggers.filter(isOn);
  const place = new Map(on.map((trigger, index) => [trigger, index]));
  const wishes = wishesOf(on);
  return on.flatMap((later, index) => {
    const earlier = wishes(later).find(
      (other) => other.stageId !== later.stageId && (place.get(other) ?? index) < index,
    );
    if (earlier === undefined) return [];
    return [
      {
        ...warning(
          later,
          'race',
          `"${later.name}" (${later.stage}) races with "${earlier.name}" (${earlier.stage}): the earlier stage wins`,
          [earlier.id, later.id],
        ),
        params: { other: earlier.name, stage: earlier.stage },
      },
    ];
  });
}

/** Of each those that want what it wants, without a condition or with the same: of many alike on one stage the first two are enough. */
function wishesOf(triggers: readonly BoundTrigger[]): (trigger: BoundTrigger) => readonly BoundTrigger[] {
  const alike = new Map<string, BoundTrigger[]>();
  const seen = new Map<string, number>();
  const wish = ({ key, settings }: BoundTrigger, when: BoundTrigger['when']) => JSON.stringify([key, settings, when]);
  for (const trigger of triggers) {
    const own = wish(trigger, trigger.when);
    const here = `${own} ${trigger.stageId} ${trigger.allowBack}`;
    const count = seen.get(here) ?? 0;
    seen.set(here, count + 1);
    if (count >= ENOUGH) continue;
    const known = alike.get(own);
    if (known === undefined) alike.set(own, [trigger]);
    else known.push(trigger);
  }
  const order = new Map(triggers.map((trigger, index) => [trigger, index]));
  return (trigger) => {
    const same = alike.get(wish(trigger, trigger.when)) ?? [];
    if (trigger.when === null) return same;
    const all = [...(alike.get(wish(trigger, null)) ?? []), ...same];
    return all.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  };
}

const ENOUGH = 2;

/** Slow cycles are wanted, so a cycle is a warning; at run time the chain stops it (semantics.md 7). */
function cycles(board: Board): readonly Finding[] {
  const nameOf = new Map(board.stages.map(({ code, name }) => [code, name]));
  return findCycles(board).map(({ stages, ids }): Finding => {
    const way = stages.map((code) => nameOf.get(code) ?? code).join(' → ');
    const message = `These stages can go round in a circle: ${way}`;
    return { severity: 'warning', code: 'cycle', path: pathOfRule(board, ids), message, params: { stages: way }, ids };
  });
}

/** Of the first rule among these, so that the finding leads to a card. */
function pathOfRule({ rules }: Board, ids: readonly string[]): Finding['path'] {
  const first = rules.find(({ id }) => ids.includes(id));
  return first === undefined ? ['rules'] : ['rules', first.position];
}

function isOn({ enabled }: BoundTrigger | BoundRule): boolean {
  return enabled;
}

function warning(trigger: BoundTrigger, code: string, message: string, ids: readonly string[] = [trigger.id]): Finding {
  return { severity: 'warning', code, path: ['triggers', trigger.position], message, ids };
}
