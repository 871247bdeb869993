import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

export interface Sink {
  readonly port: number;
  /** How often each Message-ID was taken. */
  readonly taken: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** A mail server of the outside world: takes everything, slowly enough to be cut in the middle. */
export async function startSink(): Promise<Sink> {
  const taken = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const id = /^message-id:\s*(<[^>]+>)/im.exec(Buffer.concat(chunks).toString('latin1'))?.[1] ?? 'none';
        taken.set(id, (taken.get(id) ?? 0) + 1);
        setTimeout(() => done(), Math.random() * 40);
      });
    },
  });
  server.on('error', () => {});
  const listener = server.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port for the mail sink');
  return {
    taken,
    port: address.port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
