import type { FieldText } from '../../kit/settings/strings.ts';
import { type FieldSpec, findFieldSpec, isEmpty } from '../../kit/values/values.ts';
import { fillIn } from '../../kit/words/words.ts';
import { triggerByKey } from '../../triggers/index.ts';
import verdicts from '../verdict.strings.json' with { type: 'json' };
import { fieldName } from './say-path.ts';
import { sayPerson, sayValue } from './say-value.ts';
import strings from './saying.strings.json' with { type: 'json' };
import type { SayingFacts } from './saying-facts.ts';

interface Refused {
  readonly key: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a trigger asks beside its settings, each with its own sentence. */
export const asksBeside = [
  ...(['direction', 'answered', 'countsAt', 'responsible', 'reopened', 'callback', 'payload'] as const),
  ...(['bounce', 'autoReply', 'spam', 'flood', 'ours'] as const),
] as const;
/** Settings of which the sentence says all there is. */
const saidWhole = ['firstOnly', 'byRules'] as const;

/** Which setting refused the signal, what it wants and what came, in words of the screen. */
export function refusalInWords({ key, detail }: Refused, facts: SayingFacts): string {
  const { language } = facts;
  const setting = String(detail.setting ?? '');
  const whole = [...asksBeside, ...saidWhole].find((one) => one === setting);
  if (whole !== undefined && detail.hidden !== true)
    return fillIn(strings[language].refusals[whole], {
      wanted: sayBeside(detail.wanted, facts),
      got: sayBeside(detail.got, facts),
    });
  const definition = triggerByKey(key);
  const text: FieldText = definition?.strings[language].fields[setting] ?? { label: setting, hint: '' };
  const say = (value: unknown) => saySetting(value, { text, control: definition?.fields[setting]?.control, facts });
  return fillIn(verdicts[language].settings, {
    setting: text.label,
    wanted: say(detail.wanted),
    got: detail.hidden === true ? verdicts[language].notSeen : say(detail.got),
  });
}

// `incoming`, `call.ended`, or the codes of changed fields.
function sayBeside(value: unknown, facts: SayingFacts): string {
  const { refusals } = strings[facts.language];
  if (value === 'incoming' || value === 'outgoing') return refusals[value];
  if (value === 'call.started' || value === 'call.ended')
    return value === 'call.started' ? refusals.start : refusals.end;
  return sayFields(value, facts);
}

interface SettingSaid {
  readonly text: FieldText;
  readonly control: string | undefined;
  readonly facts: SayingFacts;
}

function saySetting(value: unknown, { text, control, facts }: SettingSaid): string {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (control === 'people' || control === 'person')
    return isEmpty(value)
      ? sayValue(null, undefined, facts)
      : sayValue(
          values.map((one) => sayPerson(one, facts)),
          undefined,
          facts,
        );
  if (control === 'fieldCodes') return sayFields(value, facts);
  const named = values.map((one) => text.choices?.[momentName(one, text)] ?? thingName(one, control, facts) ?? one);
  return sayValue(Array.isArray(value) ? named : named[0], undefined, facts);
}

// A signal tells by its kind what a setting calls `started`.
function momentName(value: unknown, { choices }: FieldText): string {
  const last = String(value).split('.').at(-1) ?? '';
  return choices !== undefined && Object.hasOwn(choices, last) ? last : String(value);
}

function thingName(value: unknown, control: string | undefined, facts: SayingFacts): string | undefined {
  if (control !== 'channels' && control !== 'references') return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  return facts.thing?.(value) ?? (typeof value === 'number' ? strings[facts.language].refusals.something : value);
}

function sayFields(value: unknown, facts: SayingFacts): string {
  const codes: readonly unknown[] = Array.isArray(value) ? value : [value];
  const names = codes.map((code) => {
    const spec: FieldSpec | undefined = findFieldSpec(facts.fields, String(code));
    return spec === undefined ? String(code ?? '') : fieldName(spec, facts);
  });
  return sayValue(names, undefined, facts);
}
