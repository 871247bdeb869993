import type { Method } from '../rest/method.ts';
import { attachRecord } from './attach-record.ts';
import { finishCall } from './finish-call.ts';
import { addLine, deleteLine, listLines, updateLine } from './line-methods.ts';
import { hideCall, registerCall, showCall } from './register-call.ts';
import { searchEntities } from './search-entities.ts';

/** telephony.*: what connectors of telephone exchanges call (bitrix24-rest.md 3). A key stands for the application that they are. */
export const telephonyMethods: readonly Method[] = [
  { name: 'telephony.externalline.add', scope: 'telephony', run: addLine },
  { name: 'telephony.externalline.update', scope: 'telephony', run: updateLine },
  { name: 'telephony.externalline.delete', scope: 'telephony', run: deleteLine },
  { name: 'telephony.externalline.get', scope: 'telephony', run: listLines },
  { name: 'telephony.externalcall.register', scope: 'telephony', run: registerCall },
  { name: 'telephony.externalcall.show', scope: 'telephony', run: showCall },
  { name: 'telephony.externalcall.hide', scope: 'telephony', run: hideCall },
  { name: 'telephony.externalcall.finish', scope: 'telephony', run: finishCall },
  { name: 'telephony.externalcall.attachrecord', scope: 'telephony', run: attachRecord },
  { name: 'telephony.externalcall.searchcrmentities', scope: 'telephony', run: searchEntities },
];
