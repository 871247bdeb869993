import type { Setting } from '@signalbox/automation/kit/settings/setting.ts';
import { isRecord } from '@signalbox/automation/kit/values/values.ts';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { inWords } from '../../../controls/condition/in-words.ts';
import { recordsIn, useNamesOfRecords } from '../../../controls/condition/names-of-records.ts';
import { treeOf } from '../../../controls/condition/tree.ts';
import { useWords } from '../../../controls/condition/use-words.ts';
import { definitionOf, isUnconnected, kindName } from '../../../controls/definitions.ts';
import { type FormFacts, useFormFacts } from '../../../controls/form-facts.tsx';
import { personInWords, settingInWords } from '../../../controls/words/setting-in-words.ts';
import type { Card } from '../model/cards.ts';
import { cardName } from '../model/definitions.ts';
import { resultVariables } from '../model/variables.ts';
import { timeInWords } from './time-in-words.ts';

export interface CardWords {
  readonly icon: string;
  readonly name: string;
  /** The kind's name, when the card has one of its own. */
  readonly kind: string;
  /** The most telling setting in one line. */
  readonly line: string;
  readonly condition: string;
  readonly when: string;
  /** To whom a rule speaks, or as whom a trigger moves; empty for the responsible of a trigger. */
  readonly who: string;
  /** It stands on a channel that is not connected. */
  readonly unconnected: boolean;
}

const quiet = ['toggle', 'secret', 'attachments', 'channel'];
const persons = ['person', 'people'];

/** `named`: the cards beside it whose results it may name. */
export function useCardWords(card: Card, named: readonly Card[], t: TFunction<'automation'>): CardWords {
  const facts = useFactsWith(card, named);
  const when = useMemo(() => (card.when === null ? null : treeOf(card.when)), [card.when]);
  const definition = definitionOf(card);
  const fields = Object.entries(definition?.fields ?? {});
  const asked = fields.find(([name, { control }]) => control === 'condition' && isRecord(card.settings[name]));
  const tree = asked === undefined ? null : treeOf(card.settings[asked[0]]);
  const records = [when, tree].flatMap((one) => (one === null ? [] : recordsIn(one, facts.variables)));
  const words = useWords(facts, useNamesOfRecords(records), t);
  const texts = definition?.strings[facts.language].fields ?? {};
  const say = (name: string, setting: Setting) =>
    settingInWords(card.settings[name] ?? setting.default, {
      setting,
      text: texts[name] ?? { label: name, hint: '' },
      facts,
      t,
    });
  const telling = mostTelling(
    card,
    fields.filter(([, { control }]) => !quiet.includes(control) && !persons.includes(control)),
  );
  const told = asked ?? telling;
  const person =
    fields.find(([, { control }]) => persons.includes(control) && control === 'people') ??
    fields.find(([, { control }]) => control === 'person');
  return {
    icon: definition?.icon ?? 'puzzle',
    name: cardName(card, facts.language),
    kind: card.name === '' ? '' : kindName(card, facts.language),
    line:
      told === undefined
        ? ''
        : lineOf(texts[told[0]]?.label ?? told[0], tree === null ? say(...told) : inWords(tree, words)),
    condition: when === null ? '' : inWords(when, words),
    unconnected: definition !== undefined && isUnconnected(definition, facts.channels),
    when: card.lane === 'rule' ? timeInWords(card, facts, t) : '',
    who:
      card.lane === 'trigger'
        ? card.as === 'responsible'
          ? ''
          : personInWords(card.as, facts, t)
        : person === undefined
          ? ''
          : say(...person),
  };
}

function useFactsWith(card: Card, cards: readonly Card[]): FormFacts {
  const facts = useFormFacts();
  return useMemo(() => {
    const results = resultVariables(card, { cards, language: facts.language });
    return results.length === 0 ? facts : { ...facts, variables: [...facts.variables, ...results] };
  }, [facts, card, cards]);
}

const lineOf = (label: string, value: string) => (value === '' ? '' : `${label}: ${value}`);

/** What was set, required settings first; else the first that means "any". */
function mostTelling(
  card: Card,
  fields: readonly (readonly [string, Setting])[],
): readonly [string, Setting] | undefined {
  const said = fields.filter(([name]) => card.settings[name] !== undefined);
  return (
    said.find(([, { required }]) => required) ?? said[0] ?? fields.find(([, { multiple }]) => multiple) ?? fields[0]
  );
}
