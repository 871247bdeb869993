import type { FieldKind, FieldSpec } from '../values/values.ts';
import { address } from './address.ts';
import { choice } from './choice.ts';
import { client } from './client.ts';
import { date } from './date.ts';
import { dateTime } from './date-time.ts';
import type { FieldKindDefinition } from './define-field-kind.ts';
import { email } from './email.ts';
import { file } from './file.ts';
import { item } from './item.ts';
import { link } from './link.ts';
import { money } from './money.ts';
import { multiChoice } from './multi-choice.ts';
import { number } from './number.ts';
import { person } from './person.ts';
import { phone } from './phone.ts';
import { text } from './text.ts';
import { yesNo } from './yes-no.ts';

/** What there is to know of each kind of field; a kind without its file does not compile. */
export const fieldKindOf: Readonly<Record<FieldKind, FieldKindDefinition>> = {
  text,
  number,
  money,
  date,
  dateTime,
  yesNo,
  choice,
  multiChoice,
  person,
  client,
  item,
  file,
  link,
  phone,
  email,
  address,
};

/** Whether the field keeps a list of values. */
export const takesSeveral = ({ kind, multiple }: Pick<FieldSpec, 'kind' | 'multiple'>): boolean =>
  multiple === true || fieldKindOf[kind].holds === 'several';

/** Whether its values are days or moments. */
export const isDated = (kind: FieldKind): boolean => fieldKindOf[kind].compared === 'moment';
