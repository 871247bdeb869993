import { jumpingClock } from './clock-faults.ts';
import { databaseGone } from './database-faults.ts';
import { diskFull, slowDisk } from './disk-faults.ts';
import type { Fault } from './fault.ts';
import { drippingPeer } from './peer-faults.ts';

export const faults: readonly Fault[] = [drippingPeer, slowDisk, jumpingClock, databaseGone, diskFull];
