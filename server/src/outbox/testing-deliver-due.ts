import { type Deliverer, deliver } from './deliver.ts';
import { listDue } from './watch-due.ts';

/** For tests: delivers what is due, one after the other; answers how much it was. */
export async function deliverDue(deliverer: Deliverer): Promise<number> {
  const due = await listDue(deliverer.context);
  // What a sender did not survive is told by its row.
  for (const posted of due) await deliver(deliverer, posted).catch(() => {});
  return due.length;
}
