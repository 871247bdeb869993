import { loadSecrets } from '../../../platform/config/secrets.ts';
import type { Context } from '../../../platform/context.ts';

/** Signs the pixel and the links of tracked mail; whoever sends and whoever answers must have the same. */
export function trackingKey({ config }: Context): Buffer {
  return loadSecrets(config.dataDir).keyFor('tracking');
}
