import { type SmtpListenerOptions, startSmtpListener } from './inbound/smtp-listener.ts';
import { type MailHouse, openMailHouse, smtpClient } from './testing-mail.ts';

/** For tests: a mail house whose SMTP door is open, and one who stands before it with letters. */
export interface HouseWithDoor extends MailHouse {
  /** Where others may knock. */
  readonly port: number;
  readonly client: Awaited<ReturnType<typeof smtpClient>>;
}

export async function openHouseWithDoor(options: Partial<SmtpListenerOptions> = {}): Promise<HouseWithDoor> {
  const house = await openMailHouse();
  const listener = await startSmtpListener(house.context, { host: '127.0.0.1', port: 0, ...options });
  const client = await smtpClient(listener.port);
  const closeHouse = house.close;
  // The same house: its routes ask it who calls.
  return Object.assign(house, {
    ...{ port: listener.port, client },
    async close() {
      client.close();
      await listener.close();
      await closeHouse();
    },
  });
}
