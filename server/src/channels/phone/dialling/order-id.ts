import { randomUUID } from 'node:crypto';

const PREFIX = 'dial-';

/** What the exchange is asked to know a call by that is ordered from the screen. */
export const orderId = (): string => `${PREFIX}${randomUUID()}`;

/** Whether we ordered it, and the exchange has given it no id of its own since. */
export const isOrdered = (sourceCallId: string): boolean => sourceCallId.startsWith(PREFIX);
