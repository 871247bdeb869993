import type { TriggerDefinition } from '../../kit/definitions/define-trigger.ts';
import type { Board } from '../board.ts';
import type { Known } from './check-known.ts';
import type { Finding } from './finding.ts';

/** Kinds of channels that something stands on and of which none is connected and switched on, so that it can't do anything yet. */
export function missingKinds(
  { fields }: Pick<TriggerDefinition, 'fields'>,
  connected: readonly string[],
): readonly string[] {
  const wanted = Object.values(fields).flatMap(({ control, of }) =>
    control === 'channel' || control === 'channels' ? (of ?? []) : [],
  );
  return wanted.filter((kind) => !connected.includes(kind));
}

/** Triggers and rules that wait for somebody to connect a channel. */
export function notConnected({ triggers, rules }: Board, { connected }: Known): readonly Finding[] {
  if (connected === undefined) return [];
  const lists = [
    ['triggers', triggers],
    ['rules', rules],
  ] as const;
  return lists.flatMap(([list, entries]) =>
    entries
      .filter(({ enabled, definition }) => enabled && missingKinds(definition, connected).length > 0)
      .map(
        ({ id, name, position }): Finding => ({
          severity: 'warning',
          code: 'not-connected',
          path: [list, position],
          message: `"${name}" does nothing yet: none of the channels that it needs is connected`,
          ids: [id],
        }),
      ),
  );
}
