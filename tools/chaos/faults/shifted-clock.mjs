// Preloaded into a server (NODE_OPTIONS=--import): its clock is off by the milliseconds that stand in CHAOS_CLOCK.
import fs from 'node:fs';

const file = process.env.CHAOS_CLOCK ?? '';
const RealDate = Date;
let offsetMs = 0;

function look() {
  try {
    offsetMs = Number(fs.readFileSync(file, 'utf8')) || 0;
  } catch {
    offsetMs = 0;
  }
}

look();
setInterval(look, 50).unref();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offsetMs);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
};
