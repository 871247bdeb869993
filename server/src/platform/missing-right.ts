import type { RightArea, RightVerb } from '@signalbox/contract/people/rights.ts';
import { UserError } from './errors.ts';

export type MissingRight =
  | 'admin-only'
  | `no-${RightArea}`
  | `no-item-${Exclude<RightVerb, 'read'>}`
  | `no-client-${Exclude<RightVerb, 'read'>}`
  | `no-task-${'change' | 'accept' | 'delete'}`
  | 'no-import'
  | 'more-than-own'
  | 'see-as-only-looks'
  | 'key-only-reads';

/** What may be seen and not done, by the code of the 403; what may not be seen is a 404. */
export const missingRights: Readonly<Record<MissingRight, string>> = {
  'admin-only': 'Only an administrator may do this',
  'no-automation': 'This needs the right to edit automation',
  'no-people': 'This needs the right to manage people',
  'no-mail': 'This needs the right to see all mail',
  'no-settings': 'This needs the right to change settings',
  'no-item-add': 'You may not add such an item here',
  'no-item-change': 'You may see this item, but not change it',
  'no-item-delete': 'You may see this item, but not delete it',
  'no-item-export': 'You may see these items, but not export them',
  'no-client-add': 'You may not add such a client',
  'no-client-change': 'You may see this client, but not change it',
  'no-client-delete': 'You may see this client, but not delete it',
  'no-client-export': 'You may see these clients, but not export them',
  'no-task-change': 'You may see this task, but not change it',
  'no-task-accept': 'Only who gave this task may accept it',
  'no-task-delete': 'You may see this task, but not delete it',
  'no-import': 'An import makes and changes records of everybody: it needs the right to add and change all of them',
  'more-than-own': 'Nobody may give or manage more rights than they have themselves',
  'key-only-reads': 'This key was made to read alone',
  'see-as-only-looks': "Who looks through somebody else's eyes changes nothing",
};

export function missingRight(code: MissingRight): UserError {
  return new UserError({ status: 403, code, title: 'Not allowed', detail: missingRights[code] });
}
