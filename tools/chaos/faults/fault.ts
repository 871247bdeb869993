import type { Place } from '../../outside/server.ts';
import type { Sink } from './sink.ts';

/** What a fault may reach. */
export interface Reach {
  readonly place: Place;
  readonly dataDir: string;
  readonly sink: Sink;
  /** The disk that holds `dataDir` alone; absent where this machine lets nobody make one. */
  readonly disk: SmallDisk | undefined;
  /** Added to the server's clock; PostgreSQL's stays right. */
  setClock(offsetMs: number): void;
  /** What is not as it should be while the fault lasts. */
  complain(text: string): void;
}

export interface SmallDisk {
  /** Takes all that is free; the answer gives it back. */
  fill(): () => void;
  remove(): void;
}

/** Something that goes wrong around a server that goes on running, for a while. */
export interface Fault {
  readonly name: string;
  /** How long it lasts in a long run. */
  readonly longMs: number;
  /** Ends when everything is as before; false: it cannot be done on this machine. */
  happen(reach: Reach, forMs: number): Promise<boolean>;
}
