import { defineChannel } from '../../kit/definitions/define-channel.ts';
import { line } from '../../kit/settings/line.ts';
import strings from './api.strings.json' with { type: 'json' };

/** A line whose calls are reported over HTTP (interfaces.md, `POST /api/v1/calls`). */
export const apiPhoneLine = defineChannel({
  kind: 'phone-line',
  provider: 'api',
  icon: 'phone',
  shared: line,
  fields: {},
  ties: 'all',
  strings,
  example: { number: '+48221234567', employees: [{ employee: 3, extension: '101' }] },
});
