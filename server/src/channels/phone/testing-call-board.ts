import type { PhoneHouse } from './testing-phone.ts';

/** For tests: a pipeline with the three triggers of one line, and deals that they move. */
export interface CallBoard {
  /** A deal of a new client with this number, in the first stage. */
  addDeal(number: string): Promise<number>;
  /** After the engine has decided all that was recorded. */
  stageOf(deal: number): Promise<string>;
}

const names = ['NEW', 'RANG', 'MISSED', 'CALLED'];

export async function makeCallBoard(house: PhoneHouse, lineId: number): Promise<CallBoard> {
  const pipeline = `Calls ${lineId}`;
  const settings = { lines: [lineId] };
  await house.ask('PUT', `/api/v1/automation/deal/${encodeURIComponent(pipeline)}`, {
    ...{ type: 'deal', pipeline },
    stages: [
      ...names.map((code) => ({ code, name: code, kind: 'open' })),
      { code: 'WON', name: 'Won', kind: 'won' },
      { code: 'LOST', name: 'Lost', kind: 'lost' },
    ],
    triggers: [
      { on: 'telephony/incoming-call', stage: 'RANG', settings },
      { on: 'telephony/missed-call', stage: 'MISSED', settings },
      { on: 'telephony/outgoing-call', stage: 'CALLED', settings },
    ],
  });
  return {
    addDeal: (number) => house.addDeal(number, { pipeline }),
    async stageOf(deal) {
      await house.drain();
      const { stage } = await house.ask('GET', `/api/v1/items/${deal}`);
      return String(stage.code ?? stage);
    },
  };
}
