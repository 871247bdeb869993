// A family of triggers is one line here.
export { apps } from './apps/index.ts';
export { booking } from './booking/index.ts';
export { chat } from './chat/index.ts';
export { crm } from './crm/index.ts';
export { documents } from './documents/index.ts';
export { email } from './email/index.ts';
export { forms } from './forms/index.ts';
export { meetings } from './meetings/index.ts';
export { payments } from './payments/index.ts';
export { qr } from './qr/index.ts';
export { tasks } from './tasks/index.ts';
export { telephony } from './telephony/index.ts';
