import { keptSecret } from '@signalbox/contract/automation/automation.ts';
import { writeAndRead } from '../transport/request.ts';

/** Gives a secret away for good; answers what stands for it in the settings of a rule. */
export async function keepRuleSecret(secret: string): Promise<string> {
  const { kept } = await writeAndRead('POST', '/api/v1/automation/secrets', { answer: keptSecret, body: { secret } });
  return kept;
}
