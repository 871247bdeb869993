import { Impossible } from '@signalbox/automation/kit/impossible.ts';
import type { MailPort } from '@signalbox/automation/kit/ports.ts';
import type { PortScope } from '../automation/port-scope.ts';

export function mailPort(_scope: PortScope): MailPort {
  const missing = async () => {
    throw new Impossible('e-mail is not there yet');
  };
  return { findMailbox: missing, queueToEmployee: missing, queueToClient: missing };
}
