import { choosePlace, type LivingServer, type Place, startServer } from '../../outside/server.ts';

/** A server that shares its database with others. */
export interface Replica {
  readonly place: Place;
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function startReplica(dataDir: string, databaseUrl: string): Promise<Replica> {
  const place = await choosePlace(dataDir, { DATABASE_URL: databaseUrl });
  let server: LivingServer | undefined = await startServer(place);
  return {
    place,
    kill: async () => server?.kill(),
    async start() {
      server = await startServer(place);
    },
    async stop() {
      await server?.stop();
      server = undefined;
    },
  };
}
