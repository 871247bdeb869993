import type { Context } from '../../../platform/context.ts';
import { loadSecrets } from '../../../platform/secrets.ts';

/** Signs the pixel and the links of tracked mail; whoever sends and whoever answers must have the same. */
export function trackingKey({ config }: Context): Buffer {
  return loadSecrets(config.dataDir).keyFor('tracking');
}
