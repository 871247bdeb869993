import { missingKinds } from '@signalbox/automation/engine/checks/check-connected.ts';
import type { RuleDefinition } from '@signalbox/automation/kit/definitions/define-rule.ts';
import type { TriggerDefinition } from '@signalbox/automation/kit/definitions/define-trigger.ts';
import type { Language } from '@signalbox/automation/kit/words/languages.ts';
import { rules } from '@signalbox/automation/rules/index.ts';
import { triggers } from '@signalbox/automation/triggers/index.ts';

export type Lane = 'trigger' | 'rule';

export interface Kind {
  readonly lane: Lane;
  readonly key: string;
}

export type Definition = TriggerDefinition | RuleDefinition;

const byKey: Readonly<Record<Lane, ReadonlyMap<string, Definition>>> = {
  trigger: new Map(triggers.map((definition) => [definition.key, definition])),
  rule: new Map(rules.map((definition) => [definition.key, definition])),
};

/** Undefined for a kind that this version does not know. */
export const definitionOf = ({ lane, key }: Kind): Definition | undefined => byKey[lane].get(key);

export const kindName = (kind: Kind, language: Language): string =>
  definitionOf(kind)?.strings[language].name ?? kind.key;

/** A name given by people stays; one that only repeats the kind's, in whatever language, is told in the user's. */
export function ownName(kind: Kind, name: string, language: Language): string {
  const texts = Object.values(definitionOf(kind)?.strings ?? {});
  return name === '' || texts.some((text) => text.name === name) ? kindName(kind, language) : name;
}

const kindOfName: ReadonlyMap<string, Kind> = new Map(
  (
    [...triggers.map((one) => ['trigger', one] as const), ...rules.map((one) => ['rule', one] as const)] as const
  ).flatMap(([lane, { key, strings }]) =>
    Object.values(strings).map(({ name }) => [`${lane} ${name}`, { lane, key }] as const),
  ),
);

/** A name as it was written down in the workspace's language: people's own stays, a kind's is told in the user's. */
export function writtenName(lane: Lane, name: string, language: Language): string {
  const kind = kindOfName.get(`${lane} ${name}`);
  return kind === undefined ? name : kindName(kind, language);
}

/** Whether it stands on a kind of channel of which none is connected, so that it can't do anything yet. */
export function isUnconnected(
  { fields }: Pick<Definition, 'fields'>,
  channels: readonly { readonly kind: string; readonly enabled: boolean }[],
): boolean {
  const connected = channels.filter(({ enabled }) => enabled).map(({ kind }) => kind);
  return missingKinds({ fields }, connected).length > 0;
}
