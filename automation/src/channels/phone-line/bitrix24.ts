import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { line } from '../../kit/settings/line.ts';
import strings from './bitrix24.strings.json' with { type: 'json' };

/** A line whose connector was written for Bitrix24: it tells of its calls by the compatible REST (bitrix24-rest.md). */
export const bitrix24PhoneLine = defineChannel({
  kind: 'phone-line',
  provider: 'bitrix24',
  icon: 'phone',
  shared: line,
  fields: {},
  ties: 'all',
  strings,
  example: { number: '+48221234567', employees: [{ employee: 3, extension: '101' }] },
});
