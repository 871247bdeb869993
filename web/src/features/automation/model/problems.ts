import type { Card, Lane } from './cards.ts';
import { inStageOrder } from './file.ts';
import type { BoardFile } from './file-shape.ts';

/** A server's or the checker's complaint, brought to the card and the field it is about. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly params?: Params | undefined;
  readonly path: string;
  /** Null: about the board as a whole. */
  readonly uid: string | null;
  /** `settings.links`, `when`, `time`; empty: about the card as a whole. */
  readonly field: string;
}

export interface RawProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
  readonly params?: Params | undefined;
}

type Params = Readonly<Record<string, string | number>>;

const lanes: Readonly<Record<string, Lane>> = { triggers: 'trigger', rules: 'rule' };

/** `triggers[0].settings.links` -> the card that `fileOf` wrote in that place, and `settings.links`. */
export function locate(raw: readonly RawProblem[], file: BoardFile, cards: readonly Card[]): readonly Problem[] {
  const ordered = inStageOrder(file, cards);
  return raw.map((problem) => {
    const [, list, at, field] = /^(triggers|rules)\[(\d+)\](?:\.(.*))?$/.exec(problem.path) ?? [];
    const lane = list === undefined ? undefined : lanes[list];
    const card = lane === undefined ? undefined : ordered.filter((found) => found.lane === lane)[Number(at)];
    return {
      code: problem.code,
      message: problem.message,
      params: problem.params,
      path: problem.path,
      uid: card?.uid ?? null,
      field: field ?? '',
    };
  });
}

/** The first complaint about one field or anything inside it: `settings.links` also hears `settings.links[2]`. */
export function problemAt(problems: readonly Problem[], field: string): Problem | undefined {
  return problems.find(
    (problem) =>
      problem.field === field || problem.field.startsWith(`${field}.`) || problem.field.startsWith(`${field}[`),
  );
}
