import { expect, it } from 'vitest';
import { parseSmtpUrl } from './smtp-server-of.ts';

it.each([
  ['smtp://mail.firm.test', 'starttls', 587],
  ['smtp://user:secret@mail.firm.test:2587', 'starttls', 2587],
  ['smtp://127.0.0.1.firm.test', 'starttls', 587],
  ['smtp://mail.firm.test?tls=required', 'starttls', 587],
  ['smtp://mail.firm.test?tls=optional', 'opportunistic', 587],
  ['smtp://127.0.0.1:2525', 'opportunistic', 2525],
  ['smtp://localhost', 'opportunistic', 587],
  ['smtp://[::1]', 'opportunistic', 587],
  ['smtps://mail.firm.test', 'tls', 465],
])('%s is spoken to by %s, at port %i', (url, security, port) => {
  expect(parseSmtpUrl(url)).toMatchObject({ security, port });
});
