import { once } from 'node:events';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { reachHost } from '../../../../../connections/reach-host.ts';
import type { ManagerSettings } from './manager-settings.ts';

const CONNECT_MS = 10_000;

/** Throws PrivateHost, and what the network says. */
export async function openSocket(
  { host, port, security, certificate }: ManagerSettings,
  { privateHosts }: { readonly privateHosts: boolean },
): Promise<Socket> {
  const address = await reachHost(host, { privateHosts });
  const isTls = security === 'tls';
  const named = { ...(isIP(host) === 0 && { servername: host }), ...(certificate !== '' && { ca: certificate }) };
  const socket = isTls ? connectTls({ host: address, port, ...named }) : connect({ host: address, port });
  // Told to whoever waits for the connection, and by its closing to whoever uses it.
  socket.on('error', () => {});
  const patience = AbortSignal.timeout(CONNECT_MS);
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect', { signal: patience });
  } catch (error) {
    socket.destroy();
    throw patience.aborted ? new Error(`nothing answers at ${host}:${port}`) : error;
  }
  return socket.setNoDelay(true);
}
